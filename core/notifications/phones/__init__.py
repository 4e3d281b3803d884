"""A telephone gets messages only after its owner has shown that it is his."""
