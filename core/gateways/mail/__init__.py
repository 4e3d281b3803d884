"""Letters: handed to a mail server by SMTP, and what its answers mean."""
