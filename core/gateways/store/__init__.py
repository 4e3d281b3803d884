"""The store of files: tried out on demand, and what it refuses in ordinary work is written down."""
