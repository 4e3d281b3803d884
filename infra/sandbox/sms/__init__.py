"""A provider of SMS: its HTTP API for programs, messages for people."""
