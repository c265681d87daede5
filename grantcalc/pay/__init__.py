"""Pay: months served, year-end bonus, scales, regional allowance, social insurance. Knows nothing of workbooks."""
