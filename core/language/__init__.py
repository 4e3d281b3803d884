"""How Russian is written. Pure; imports nothing of the house."""
