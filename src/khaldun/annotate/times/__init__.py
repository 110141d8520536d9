"""Times as intervals, with anchor and basis. Begin with `find`: `rules` finds the words, `named`, `relative` and
`lengths` read them, `bounds` reads the words around them.
"""
