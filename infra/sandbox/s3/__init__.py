"""An S3-compatible store that believes nobody: signatures, expiry, sizes and prefixes are checked."""
