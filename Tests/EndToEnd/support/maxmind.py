"""Databases of places for tests: MaxMind DB File Format Specification 2.0."""

import ipaddress
import struct


def value(item):
    """One value of the data section."""
    if isinstance(item, bool):
        return head(14, int(item))
    if isinstance(item, str):
        data = item.encode()
        return head(2, len(data)) + data
    if isinstance(item, float):
        return head(3, 8) + struct.pack(">d", item)
    if isinstance(item, int):
        data = item.to_bytes((item.bit_length() + 7) // 8, "big")
        return head(6, len(data)) + data
    if isinstance(item, dict):
        return head(7, len(item)) + b"".join(value(key) + value(member) for key, member in item.items())
    return head(11, len(item)) + b"".join(value(member) for member in item)


def head(kind, count):
    length, more = count, b""
    if count >= 285:
        length, more = 30, (count - 285).to_bytes(2, "big")
    elif count >= 29:
        length, more = 29, bytes([count - 29])
    if kind > 7:
        return bytes([length, kind - 7]) + more
    return bytes([kind << 5 | length]) + more


def database(places, record_bits=24):
    """A file; `places` maps networks to what is known of them."""
    nodes = [[None, None]]
    data, offsets = b"", {}
    for network, place in places.items():
        text = repr(place)
        if text not in offsets:
            offsets[text] = len(data)
            data += value(place)
        network = ipaddress.ip_network(network)
        bits = f"{int(network.network_address):0{network.max_prefixlen}b}"[:network.prefixlen]
        if network.version == 4:
            bits = "0" * 96 + bits
        node = 0
        for bit in bits[:-1]:
            following = nodes[node][int(bit)]
            if following is None:
                nodes.append([None, None])
                following = nodes[node][int(bit)] = len(nodes) - 1
            node = following
        nodes[node][int(bits[-1])] = ("data", offsets[text])
    tree = b"".join(node_bytes(*[record(side, len(nodes)) for side in node], record_bits) for node in nodes)
    metadata = {
        "node_count": len(nodes), "record_size": record_bits, "ip_version": 6, "database_type": "Test",
        "binary_format_major_version": 2,
    }
    return tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + value(metadata)


def record(side, count):
    if side is None:
        return count
    return side if isinstance(side, int) else count + 16 + side[1]


def node_bytes(left, right, bits):
    if bits == 28:
        return (left & 0xFFFFFF).to_bytes(3, "big") + bytes([left >> 24 << 4 | right >> 24]) + (right & 0xFFFFFF).to_bytes(3, "big")
    return left.to_bytes(bits // 8, "big") + right.to_bytes(bits // 8, "big")


PLACES = {
    "192.0.2.0/24": {
        "city": {"names": {"de": "Beispielstadt", "en": "Exampletown"}},
        "continent": {"code": "EU", "names": {"en": "Europe"}},
        "country": {"iso_code": "DE", "names": {"de": "Deutschland", "en": "Germany"}},
        "location": {"latitude": 52.5, "longitude": -13.25, "metro_code": 807},
        "postal": {"code": "10115"},
        "subdivisions": [{"iso_code": "BE"}, {"iso_code": "XX"}],
    },
    "127.0.0.0/8": {"country": {"iso_code": "ZZ", "names": {"en": "Loop"}}},
    "2001:db8::/33": {"country": {"iso_code": "NL", "names": {"en": "A name of more than twenty-nine bytes, to be read"}}},
}

if __name__ == "__main__":
    import base64
    for bits in (24, 28, 32):
        print(bits, base64.b64encode(database(PLACES, bits)).decode())
