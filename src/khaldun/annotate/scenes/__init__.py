"""When, where and between whom something happened, where its own words leave it open: the clause, the sentences before
and after, the dateline. Begin with `circumstances` (one sentence) and `thread` (the report as it goes on).
"""
