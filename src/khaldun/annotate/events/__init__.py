"""Events: a trigger with its parties, scene, day and manner. Begin with `find`, then `drafts` (what the words fill) and
`filling` (the frame); the rest asks whether it is an event at all, of which kind, and told how often.
"""
