"""Encrypted values of all companies, and their way from one master key to another."""
