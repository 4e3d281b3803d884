"""Named faults, put in one at a time: the suite must turn red at each, otherwise its green proves nothing."""
