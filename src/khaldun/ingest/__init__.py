"""Bytes become one `Report` or a named error; what was dropped is listed."""

from khaldun.ingest.read import MOST_BYTES, read

__all__ = ["MOST_BYTES", "read"]
