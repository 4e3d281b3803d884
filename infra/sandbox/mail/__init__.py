"""A mailbox for all addresses of the world: SMTP in, JSON and a page out."""
