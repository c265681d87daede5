"""Workbooks that grantcalc writes: the form to fill in, a draft in that form, and the marked copy of a check."""
