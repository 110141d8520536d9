"""Proposes judgements about who and what is the same; never edits a claim."""
