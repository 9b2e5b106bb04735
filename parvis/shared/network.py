"""Where a request comes from, as coarsely as a limit needs it."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network


def network_of(address: str) -> str:
    """The address itself, of IPv6 its first half; what is no address is one network of its own."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((found.packed, 64), strict=False).network_address)
    return str(found)
