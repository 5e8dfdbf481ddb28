"""How the text of a file is written: by its mark, or by what its bytes can be."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes looked at.
SAMPLE = 1 << 22


def detect(data: bytes) -> str:
    """Return the encoding of a file that begins with `data`.

    Without a mark: UTF-16 where every other byte is zero; UTF-8 where the bytes allow it, or where only a
    few of them do not; else Windows-1252, which is what spreadsheets write.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:4096]
    if len(head) > 3:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if odd > 0.4 * len(head[1::2]) and even < odd / 8:
            return "utf-16-le"
        if even > 0.4 * len(head[::2]) and odd < even / 8:
            return "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(data)  # a letter cut off at the end of the sample is no error
    wrong = text.count("\ufffd")
    if not wrong:
        return "utf-8"
    right = sum(not char.isascii() for char in text) - wrong
    return "utf-8" if right >= 3 * wrong else "cp1252"
