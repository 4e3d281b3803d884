"""Network addresses, as far as it is counted who asks from where."""

import ipaddress


def read_address(told: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address of the fourth version that comes dressed as one of the sixth is itself; None for what is none."""
    try:
        found = ipaddress.ip_address(told)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def network_of(told: str) -> str:
    """What counts as one place: an IPv4 address or the /64 of an IPv6 one; whatever is no address is one place, too."""
    found = read_address(told)
    if found is None:
        return "-"
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)
