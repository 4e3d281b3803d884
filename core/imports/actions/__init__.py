"""Verbs about imports: a file comes in (`files`), is checked and corrected (`checks`), becomes cards and is taken back
(`runs`)."""
