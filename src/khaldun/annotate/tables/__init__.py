"""What is known before a text is read: words with a bearing on clauses, times and tolls, actors and their names,
and the gazetteer. Nothing here sees a parse. Begin with `known` (actors) and `gazetteer` (places).
"""
