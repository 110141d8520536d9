"""Ties between two parties: offices, membership, alliance, command, enmity. Begin with `find`; each other module
has one way in which texts tell a tie, and `frames` makes the frame. Their words are read by `grammar/tie_words.py`.
"""
