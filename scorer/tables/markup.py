"""Cells that hold HTML, as sending tools export the bodies of messages, turned into the text that readers see."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre hr".split())
_BLOCKS = frozenset("div li tr section article header footer main center body html dl dt dd figure".split())
_INLINE = frozenset(
    "a abbr b big br cite code del em font i img ins link mark meta q s small span strike strong sub sup tbody td "
    "tfoot th thead tt u wbr".split()
)
# What stands in them is not seen.
_UNSEEN = frozenset(("head", "style", "script"))
_LINED = _PARAGRAPHS | _BLOCKS | {"br"}
_TAGS = _PARAGRAPHS | _BLOCKS | _INLINE | _UNSEEN
_TAG = re.compile(rf"<(/?)({'|'.join(sorted(_TAGS))})(?:\s[^<>]*)?/?>", re.IGNORECASE)

_COMMENT_OR_DECLARATION = re.compile(r"(?P<comment><!--.*?-->)|<[?!][^<>]*>|<(?=[?!])", re.DOTALL)

# Stand-ins for the edges of blocks and paragraphs, which make a line break or two whatever else is there.
_BLOCK, _PARAGRAPH = "\v", "\f"
_GAP = re.compile(r" *[\n\v\f][ \n\v\f]*")


def is_html(text: object) -> bool:
    """Tell whether `text` is plainly HTML: it has an element with its end, or a line break.

    A sign such as ``<`` or ``&`` does not make it so, nor does a placeholder such as ``<first name>``.
    """
    if not isinstance(text, str) or "<" not in text:
        return False
    found = {(bool(match[1]), match[2].lower()) for match in _TAG.finditer(text)}
    return (False, "br") in found or any(ends and (False, name) in found for ends, name in found)


def text_of(html: str) -> str:
    """Return `html` as its readers see it; links keep their addresses, and placeholders stay."""
    # Without elements that break lines, the line breaks of the source are the message's own.
    lined = any(match[2].lower() in _LINED for match in _TAG.finditer(html))
    reader = _Reader(collapsed=lined)
    html = _well_ended(html)
    end = html.rfind(">") + 1
    reader.feed(html[:end])
    reader.close()
    reader.handle_data(unescape(html[end:]))
    text = "".join(reader.pieces).replace("\xa0", " ")
    return _GAP.sub(_line_breaks, re.sub(r" {2,}", " ", text)).strip() if lined else text


def _well_ended(html: str) -> str:
    """Return `html` without declarations and without what is never closed, for which the parser searches long."""
    unclosed = html.find("<!--", html.rfind("-->") + 1)
    html = html if unclosed < 0 else html[:unclosed]
    return _COMMENT_OR_DECLARATION.sub(lambda m: m["comment"] or ("&lt;" if m[0] == "<" else ""), html)


def _line_breaks(gap: re.Match[str]) -> str:
    marks = gap[0].replace(" ", "")
    number = marks.count("\n")
    if _BLOCK in marks or _PARAGRAPH in marks:
        # The last line break of a block is its end.
        number += not re.match(r"\n[\v\f]", marks)
    return "\n" * max(number, 2 if _PARAGRAPH in marks else 1)


def _bare(address: str) -> str:
    return re.sub(r"^(?:mailto:|tel:|https?://)?(?:www\.)?", "", address.lower()).rstrip("/")


class _Reader(HTMLParser):
    """What readers see, in pieces."""

    def __init__(self, *, collapsed: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.collapsed = collapsed
        self.pieces: list[str] = []
        self.unseen = 0
        self.link: tuple[str, int] | None = None  # its address, and the piece with which its words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag not in _TAGS and ":" not in tag:  # a placeholder in angle brackets
            self.handle_data(self.get_starttag_text() or "")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "a":
            self.link = (dict(attrs).get("href") or "").strip(), len(self.pieces)
        else:
            self._edge(tag)
            if tag == "li":
                self.pieces.append("- ")
            elif tag in ("td", "th"):
                self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag == "a" and self.link:
            address, begins = self.link
            self.link = None
            words = "".join(self.pieces[begins:]).strip()
            if address.startswith(("#", "javascript:")) or _bare(address) == _bare(words):
                return
            self.handle_data(f" ({address})" if words else address)
        else:
            self._edge(tag)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(re.sub(r"\s+", " ", data) if self.collapsed else data)

    def handle_comment(self, data: str) -> None:
        if data.strip().startswith("score-draft:"):
            self.handle_data(f"<!--{data}-->")

    def _edge(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.pieces.append(_PARAGRAPH)
        elif tag in _BLOCKS:
            self.pieces.append(_BLOCK)
