"""What damaged, locked or hostile zip archives are known by (a workbook is one, too)."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from xml.etree import ElementTree

# All that reading one has been seen to raise, besides OSError: `zipfile` checks little itself.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OverflowError,
    RuntimeError, ValueError,  # locked, a method nobody knows; names that are no text
)  # fmt: skip
# The same of XML: Python is asked for the encoding that the file names; a place that is no number.
XML_ERRORS = (ElementTree.ParseError, LookupError, ValueError)
MAX_UNPACKED = 2 << 30  # bytes; what unpacks to more is taken for a bomb
MAX_RATIO = 200
_SMALL = 50 << 20


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so many bytes are more than any export gives, or far more than were sent."""
    return unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > MAX_RATIO * packed)
