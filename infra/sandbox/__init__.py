"""The outside world in one process: an object store and a mailbox that behave like the real ones.

The product talks to them through its real clients; only the addresses differ. `README.md` beside
this file lists what is checked and what is left out.
"""
