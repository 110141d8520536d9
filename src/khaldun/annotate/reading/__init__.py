"""From a report to sentences: the copy that is read, its capitals and lost marks, spaCy's parse and what the pipeline
is spared. Begin with `sentences`; the words that all other steps read are in `annotate/words.py`.
"""
