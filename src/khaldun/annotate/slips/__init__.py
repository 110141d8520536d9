"""Slips of the parser, mended while its words are copied, each one construction with a sentence in the tests.
Begin with `mend`, which knows the order; the other modules have one sort of slip each.
"""
