"""grantcalc: draft budgets of drug abuse prevention grants, checked line by line against the published rules."""

__version__ = "0.1.0"
