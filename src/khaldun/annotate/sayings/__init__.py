"""What is said, and by which words: cues, contents, quotations, hedges. Who says it is settled in `voices`.
Begin with `reporting` (verbs) and `saying` (what all finders of sayings build); the lexicon is read by `cues`.
"""
