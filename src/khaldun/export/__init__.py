"""Adds no fact, drops no caveat; says what the format could not hold."""
