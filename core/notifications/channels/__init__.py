"""How each channel says a notice: claimed rows in, what the service answered out. Never inside a scope."""
