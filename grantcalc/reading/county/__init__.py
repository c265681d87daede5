"""Reads the sheets that counties make themselves: tables found by their headers, items by their names, sums by words.

The way of a value: cell → :class:`~grantcalc.reading.county.model.CountyTable` (what stands where) → entries with an
item or a post recognised → draft. Everything that was understood, guessed or left out is told.
"""
