"""The licence of an own server: a file that is checked without asking anybody."""
