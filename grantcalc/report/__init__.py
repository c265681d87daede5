"""Reports of a check, in several forms. They hold no rule: everything they say was decided before."""
