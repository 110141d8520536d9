"""Bytes become one `Report` or a named error; what was dropped is listed."""
