"""Tokenizer for messages: Universal Dependencies' English words plus what people type in drafts.

One regular expression is run once over the text. Every repeated part in it is bounded or cannot be retried,
so the time is linear in the length of the text whatever the characters are (spaCy's own tokenizer strips one
affix at a time from each space-free chunk, which is quadratic in the length of a chunk).
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

TOKENIZER = "score_draft.message_tokenizer.v1"

_SLOT_WORDS = (
    "first|last|full|name|company|firm|organi[sz]ation|title|role|position|job|date|day|time|city|location|school|"
    "university|industry|topic|field|subject|product|service|number|link|url|insert|your|their|recipient|sender|"
    "prospect|contact|event|mutual|connection|team|project|skill|department|phone|email|pain|xx+"
)
_ABBREVIATIONS = (
    "dr|mr|mrs|ms|mx|prof|rev|hon|capt|gen|lt|sgt|gov|jr|sr|st|inc|ltd|corp|bros|co|vs|etc|approx|incl|ext|dept|"
    r"est|govt|univ|ave|blvd|ft|mt|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|thu|fri|"
    r"e\.g|i\.e|ph\.d"
)
_PREFIXES = "e|co|non|pre|post|re|anti|pro|mid|semi|multi|sub|cross|pan|neo|un|uh|over"
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e"
)
_EMOJI = (
    "[\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_EMOJI_UNIT = f"{_EMOJI}[\ufe0f\ufe0e]?[\U0001f3fb-\U0001f3ff]?"
_TLD = "com|org|net|edu|gov|mil|info|biz|io|co|ai|app|dev|me|us|uk|ca|au|de|fr|nl|eu|ch|se|no|dk|es|ie|in"
_WORD = f"[^\\W_](?:[\\w{_MARKS}]*[^\\W_{_MARKS}][{_MARKS}]*)?"
_END = "(?![^\\W_])"
_START = "(?<![^\\W_])"

# Ordered: the first alternative that matches at a position wins.
_PARTS = (
    # Placeholders of mail-merge dialects, kept whole even with spaces inside.
    r"\{\{[^{}\n]{1,60}\}\}|\{%[^%\n]{1,60}%\}|\$\{[^{}\n]{1,60}\}",
    r"\{[A-Za-z_][\w .\-]{0,40}(?:\|[\w .\-]{0,40})?\}",
    r"\*\|[\w: ]{1,40}\|\*|<<(?![^<>\n]{0,40}(?:\.\w{1,4} ?>| - ))[\w .\-]{1,40}>>|<%=?[^%\n]{1,40}%>|\[\[[\w .\-]{1,40}\]\]|«[\w .\-]{1,40}»",
    r"%{1,2}[A-Za-z_]\w{1,30}%{1,2}|#[A-Za-z]\w{1,30}#|__[A-Za-z][A-Za-z_]{0,30}__|\$[A-Za-z_]{2,30}(?!\w)",
    rf"(?i:[\[<](?=[^\[\]<>\n]{{0,40}}(?:{_SLOT_WORDS}))[A-Za-z][\w '’/.,\-]{{0,40}}[\]>])",
    # Addresses.
    r"(?i:(?:https?://|ftp://|www\.)[^\s<>\"]{0,2000}[^\s<>\".,;:!?'’”)\]}])",
    r"[^\W_][\w.+%\-]{0,63}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}",
    rf"(?:[A-Za-z0-9][A-Za-z0-9\-]{{0,62}}\.){{1,4}}(?:{_TLD}){_END}(?:/[^\s<>\"]{{0,1000}}[^\s<>\".,;:!?'’”)\]}}])?",
    r"[^\W\d_]\w{0,40}@[^\W\d_]\w{0,40}(?!\w)",
    rf"{_START}[a-z]{{2,20}}(?:\.[a-z\-]{{2,20}}){{2,6}}{_END}",
    r"[@#][^\W\d_]\w{0,60}",
    # Emoji with modifiers and joiners, flags, keycaps; text faces.
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_EMOJI_UNIT}(?:\u200d{_EMOJI_UNIT}){{0,8}}",
    rf"{_START}(?:[:;=8][-'^o]?[)(\]\[|\\]{{1,20}}|[:;=][-'^]?[DPpOo3/*]{_END}(?!/)|<3|\^_*\^|[xX]D{_END})",
    # Dates, times, telephone and other numbers.
    r"\+?\d{1,4}(?:[\-.]\d{2,4}){2,4}(?!\d)|\d{3}-\d{4}(?!\d)|(?:19|20)\d\d-\d\d-\d\d(?!\d)",
    r"\d{1,4}(?:/\d{1,4}){1,2}(?!\d)|\d{1,2}(?::\d\d){1,2}(?!\d)|\d{1,3}(?:[,.]\d{1,3}){1,6}(?!\d)|\d{1,20}\.\d{1,20}",
    r"(?i:\d{1,20}(?:st|nd|rd|th|s)(?!\w))",
    rf"\d{{1,20}}(?=(?i:am|pm|min|mins|minutes?|hrs?|hours?|h|days?|weeks?|x|km|kg|mb|gb){_END})",
    # Abbreviations that own their full stop, acronyms, initials.
    # At the end of a line, and "etc." before a capital, the stop is the sentence's.
    rf"(?!etc\.[^\S\n]{{1,8}}[A-Z])(?i:(?:{_ABBREVIATIONS})\.)(?=[^\S\n]{{1,8}}\S|[,;:)\"'’])|(?i:no\.)(?=\s?\d)",
    rf"{_START}(?:[^\W\d_]\.){{1,8}}[^\W\d_]{_END}(?!\.)|{_START}(?:[^\W\d_]\.){{2,8}}",
    rf"{_START}[A-Z]\.(?=\s[A-Z][\w'’.])",
    rf"(?i:w/(?:o|out)?|b/c|c/o|n/a|24/7){_END}|{_START}[A-Za-z]{{1,4}}&[A-Za-z]{{1,4}}{_END}",
    rf"{_START}(?:[Cc]\+\+|[CF]#|\.NET){_END}",
    rf"[\w\-]{{1,60}}\.(?i:docx?|xlsx?|pptx?|pdf|txt|csv|jpe?g|png|js|py|zip|html?){_END}",
    # Words: prefixes keep their hyphen before a lower-case letter, else hyphens split; apostrophes stay.
    rf"{_START}(?i:{_PREFIXES})-[a-z][a-z]{{1,30}}|{_START}[Nn]on-[A-Z][a-z]{{1,30}}",
    rf"{_WORD}(?:['’`][^\W\d_]{{1,30}}{_END}){{0,3}}",
    # Runs of one kind of mark, long runs of any other, then any single character.
    r"\.{2,}|…+|[!?.]*[!?][!?]*|-{2,}|={2,}|_{2,}|\*{2,}|~{2,}|#{2,}|<{2,}|>{2,}|''|``|['’`](?:[sS]|re|ve|ll)(?!\w)",
    r"(?P<run>[^\w\s])(?P=run){7,}",
    r"\S",
)
_TOKEN = re.compile(r"(?P<space>\s+)|" + "|".join(f"(?:{part})" for part in _PARTS))
_CLITIC = re.compile(r"(?i)^(.*?)(n['’`]t|['’`](?:s|m|re|ve|ll|d))$")
# Typed without an apostrophe: cut before the last n letters, as the treebanks do.
_FUSED = {
    word: size
    for size, words in (
        (1, "im hes shes thats whats heres theres"),
        (2, "dont wont cant didnt doesnt isnt arent aint wasnt werent havent hasnt hadnt"),
        (
            2,
            "couldnt wouldnt shouldnt gonna wanna gotta ive youve weve theyve youre theyre youll theyll itll",
        ),
        (3, "cannot"),
    )
    for word in words.split()
}


def split_words(text: str) -> list[tuple[str, bool]]:
    """Cut text into words and runs of white space; each comes with whether one plain space follows it.

    The parts joined again (with a space where said) give the text back exactly.
    """
    parts: list[tuple[str, bool]] = []
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if match.lastgroup == "space":
            if parts and piece[0] == " ":
                parts[-1] = (parts[-1][0], True)
                piece = piece[1:]
            if len(piece) > 1 and piece[-1] == " ":
                parts.append((piece[:-1], True))
            elif piece:
                parts.append((piece, False))
            continue
        size = _FUSED.get(piece.lower(), 0)
        if not size and (clitic := _CLITIC.match(piece)):
            size = len(clitic.group(2))
        if 0 < size < len(piece):
            parts.append((piece[:-size], False))
            piece = piece[-size:]
        parts.append((piece, False))
    return parts


class MessageTokenizer:
    """spaCy tokenizer without state of its own: all rules are in this module."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the words of ``text`` as a ``Doc`` whose text is equal to it."""
        parts = split_words(text)
        return Doc(self.vocab, words=[word for word, _ in parts], spaces=[space for _, space in parts])

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """Tokenize a stream of texts."""
        return map(self, texts)

    def to_disk(self, path: Path, **kwargs: Any) -> None:
        """Write nothing: the rules are code."""

    def from_disk(self, path: Path, **kwargs: Any) -> "MessageTokenizer":
        """Read nothing: the rules are code."""
        return self

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return nothing: the rules are code."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> "MessageTokenizer":
        """Read nothing: the rules are code."""
        return self


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def create_message_tokenizer() -> Any:
    """Return the function spaCy's configuration calls with the ``Language`` to get its tokenizer."""
    return _for_language


def _for_language(nlp: Any) -> MessageTokenizer:
    return MessageTokenizer(nlp.vocab)
