"""The log of reads: who has looked at what is sensitive, or taken it along (docs/decisions/0035-reads.md)."""
