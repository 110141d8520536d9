"""Bytes become one `Report` or a named error; what was dropped is listed."""

from khaldun.ingest.fetch import Fetched, fetch
from khaldun.ingest.inputs import Unread, read_inputs
from khaldun.ingest.read import MOST_BYTES, read

__all__ = ["MOST_BYTES", "Fetched", "Unread", "fetch", "read", "read_inputs"]
