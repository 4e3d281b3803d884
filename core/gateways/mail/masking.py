"""Addresses of letters as others may see them. No database."""

import re

_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:\"'@]+@[^\s<>()\[\]{},;:\"'@]+")


def masked(address: str) -> str:
    """«a…@example.ru»: whose server, not whose box."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if at else ""


def without_addresses(text: str) -> str:
    """A line in which every address is masked: servers repeat in their answers whom a letter was for."""
    return _ADDRESS.sub(lambda found: masked(found[0]), text)
