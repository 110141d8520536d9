"""Places with coordinates and a precision. Begin with `find`: `spotting` says where a place is named, `ranking` which
entry of the gazetteer it is, `precision` how exactly. The gazetteer itself is in `tables`.
"""
