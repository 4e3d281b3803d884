"""A rehearsal of the worst day: one company is brought back beside a neighbour at work, and all of it after a crash."""
