"""The Doc of a draft with whole sentences taken out, made of the one that was read: nothing is read twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scorer.parse.parsed import ParsedText
from scorer.schema import Edit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COPIED = ("LEMMA", "POS", "TAG", "DEP", "MORPH", "ENT_IOB", "ENT_TYPE", "HEAD")
_DEP, _HEAD = _COPIED.index("DEP"), _COPIED.index("HEAD")
_OUTSIDE = 2  # as ENT_IOB has it


def cut_doc(read: ParsedText, edits: Sequence[Edit], shorter: Doc) -> Doc | None:
    """Give `shorter` the annotations that its words have in the longer text.

    Parameters
    ----------
    read
        The text as it was read.
    edits
        What was taken out of the text as given; each puts nothing in its place.
    shorter
        The folded rest, only tokenized. It is annotated in place.

    Returns
    -------
    Doc | None
        `shorter`; None where its words are not simply those left, or a name was cut in two: then it has to
        be read. A word whose head was taken out hangs on the next one above that is left.
    """
    import numpy as np

    doc = read.doc
    left = [token for token in doc if not _inside(read, token, edits)]
    origin = _origins(left, shorter)
    if origin is None:
        return None
    now_at = {old: new for new, old in enumerate(origin) if old is not None}
    for ent in doc.ents:
        if 0 < sum(token.i in now_at for token in ent) < len(ent):
            return None
    values = doc.to_array([*_COPIED])
    strings = doc.vocab.strings
    space = (
        strings["SPACE"],
        strings.add("_SP"),
        strings.add("dep"),
        doc.vocab.morphology.add(""),
        _OUTSIDE,
        0,
        0,
    )
    table = np.zeros((len(origin), len(_COPIED)), dtype=values.dtype)
    for new, old in enumerate(origin):
        head: int | None
        if old is None:
            # White space hangs on the word before it, as in any parse.
            head = new - 1 if new else min(1, len(origin) - 1)
            table[new] = (shorter[new].orth, *space)
        else:
            table[new] = values[old]
            above = doc[old]
            while (head := now_at.get(above.head.i)) is None and above.head.i != above.i:
                above = above.head
            if head is None:
                head = new
                table[new, _DEP] = values[above.i, _DEP]
        table[new, _HEAD] = np.int64(head - new).astype(values.dtype)
    return shorter.from_array([*_COPIED], table)  # type: ignore[arg-type]


def _inside(read: ParsedText, token: Token, edits: Sequence[Edit]) -> bool:
    span = read.span(token.idx, token.idx + len(token))
    return any(edit.start <= span.start and span.end <= edit.end for edit in edits)


def _origins(left: list[Token], shorter: Doc) -> list[int | None] | None:
    """Return for each token of `shorter` which it was, None for new white space; None where words differ."""
    origins: list[int | None] = []
    words = iter(token for token in left if not token.is_space)
    for token in shorter:
        if token.is_space:
            origins.append(None)
            continue
        word = next(words, None)
        if word is None or word.text != token.text:
            return None
        origins.append(word.i)
    return origins if next(words, None) is None else None
