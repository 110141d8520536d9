"""Joins the rooms: order, batching, progress. No knowledge of its own.

`extraction` turns reports into records and keeps nothing; `reading` keeps what was read in a store; `rows` reads
a store back as plain rows; `walking` shows every step for one sentence. They are imported by name, so that
looking something up in a store does not load the language pipeline.
"""
