"""Whose the sayings are: speakers, carriers, medium and time, chains of attribution, and what a reporter adds or passes
on. Begin with `speakers` and `chains`.
"""
