"""States of control: who holds a place, lost it, contests it or is present there. Begin with `find`; the words are
read by `lexicon`, `states` makes the frame and derives states from events, `settled` gives the last word.
"""
