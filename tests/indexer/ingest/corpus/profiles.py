"""ICC profiles whose effect cannot be overlooked."""

import struct


def _profile(space: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A profile of version 2 for a display or printer."""
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += struct.pack(">4sII", name, offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", offset + len(body), b"none", 0x02200000, b"mntr", space, pcs)
    head += struct.pack(">6H4s4sIII8xI", 2024, 1, 1, 0, 0, 0, b"acsp", b"none", 0, 0, 0, 0)
    head += struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def _text(text: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" * (1 + 4 + 4 + 2 + 1 + 67)


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in (x, y, z)))


def swapped_profile() -> bytes:
    """RGB whose red is green and whose green is red."""
    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256))
    return _profile(
        b"RGB ",
        b"XYZ ",
        {
            b"desc": _text(b"Red and green exchanged"),
            b"wtpt": _xyz(0.9642, 1.0, 0.8249),
            b"rXYZ": _xyz(0.3851, 0.7169, 0.0971),
            b"gXYZ": _xyz(0.4361, 0.2225, 0.0139),
            b"bXYZ": _xyz(0.1431, 0.0606, 0.7141),
            b"rTRC": gamma,
            b"gTRC": gamma,
            b"bTRC": gamma,
        },
    )


def cmyk_profile() -> bytes:
    """Inks of which cyan is red: full cyan alone is a strong red, everything else white to black."""
    cells = b""
    for corner in range(16):
        cyan, others = corner & 8, bin(corner & 7).count("1")
        cells += bytes((136, 208, 195)) if cyan else bytes((255 - 85 * others, 128, 128))
    straight = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0))
    table += struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    return _profile(
        b"CMYK",
        b"Lab ",
        {
            b"desc": _text(b"Cyan is red"),
            b"wtpt": _xyz(0.9642, 1.0, 0.8249),
            b"A2B0": table + straight * 4 + cells + straight * 3,
        },
    )
