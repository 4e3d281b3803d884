"""Erasing a company: asked for, waited for, done step by step, proved by a certificate."""
