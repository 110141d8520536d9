"""Actors as the text names them: known names, other names, descriptions, states, pronouns; and with them counts,
weapons and media products. Begin with `find`. Who is the same as whom is settled in `coreference`.
"""
