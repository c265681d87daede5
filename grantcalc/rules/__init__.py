"""Rules as data: what a programme asks, read from tables/, and the kinds of check that judge it."""
