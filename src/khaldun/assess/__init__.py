"""Reads claims and judgements; its opinions can be deleted and remade identically."""
