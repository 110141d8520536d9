"""Days and intervals of days."""
