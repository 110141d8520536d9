"""Which mentions the words beside a deed stand for: from a token to whom or what it denotes, and to how many.
Begin with `fillers`; `carriers` says which words tell one deed together, `tolls` counts those whom it hit.
"""
