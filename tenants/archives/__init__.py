"""One company in one file: written at one moment, read into this or another installation."""
