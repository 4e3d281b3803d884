"""SMS: one interface, a client for each provider."""
