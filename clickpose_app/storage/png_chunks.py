"""The chunks that a PNG file says it is made of.

OpenCV takes as much memory as a chunk says it is long before it looks whether the file goes on
that far, so one damaged bit in a file of a few bytes costs gigabytes.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = 8  # bytes before the first chunk
_AROUND = 12  # bytes of a chunk beside its data: length, name, checksum


def chunks_fit(content: NDArray[np.uint8]) -> bool:
    """Whether no chunk of a PNG file says that it is longer than the rest of the file.

    Args:
        content: the whole file [N].
    """
    buffer, at = content.data, _SIGNATURE
    while at + 8 <= len(buffer):
        length, name = struct.unpack_from(">I4s", buffer, at)
        if length > len(buffer) - at - 8:
            return False
        if name == b"IEND":
            break
        at += length + _AROUND
    return True
