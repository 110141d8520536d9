"""Appends and supersedes; deciding what is true is someone else's job."""
