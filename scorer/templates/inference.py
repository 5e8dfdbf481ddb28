"""Which dialect a text, or a whole library, is written in, and how sure that is.

Every dialect reads the text. It earns a point for each variable, choice and condition that it understands,
less where the name is not written its way, and loses one for each placeholder that stands there and that it
does not see. What placeholders stand there is asked of the recogniser that drafts are scored with, so the two
never disagree about what a placeholder is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scorer.parse.parsed import Placeholder
from scorer.parse.surface import find_placeholders
from scorer.templates.dialects import DIALECTS, Dialect, dialect_of
from scorer.templates.names import canonical, is_known, known_words, split_words
from scorer.templates.patterns import FILTERS
from scorer.templates.reading import parse
from scorer.templates.syntax import Choice, Conditional, Opaque, Template, Text, Variable, walk

_SIGNS = frozenset("{}[]<>%#*:()«»$-")
_COST = {"unclosed": 1.5, "broken": 0.5, "stray": 0.5, "unsupported": 0.0}
_NAME = re.compile(r"[A-Za-z][\w. ]*")
_COMMON = frozenset({"{", "${", "((", "«", "<<", "#"})
# House judgement: how sure each kind of evidence makes one.
_SURE, _TIED, _BARE, _DOUBTFUL, _UNCERTAIN = 0.98, 0.85, 0.7, 0.5, 0.6


@dataclass(frozen=True, slots=True)
class Inference:
    """The dialect that fits best.

    Attributes
    ----------
    dialect
        None when there are no placeholders.
    confidence
        0 to 1; lower where other dialects read the text just as well, and for square brackets and percent signs.
    others
        Keys of the dialects that fit as well.
    """

    dialect: Dialect | None
    confidence: float
    others: tuple[str, ...] = ()


def infer(text: str, subject: str | None = None) -> Inference:
    """Return the dialect of one template."""
    return infer_library([text if subject is None else f"{subject}\n{text}"])


def infer_library(texts: Iterable[str]) -> Inference:
    """Return the one dialect that fits all `texts` together best."""
    points: Counter[str] = Counter()
    for text in texts:
        # Where a text holds no placeholder of a dialect, it says nothing against the dialect.
        points.update(_points(text))
    if not points:
        return Inference(None, 1.0)
    best = max(points.values())
    tied = [d for d in DIALECTS if points[d.key] >= best - 1e-9]
    chosen = tied[0]
    confidence = _SURE if len(tied) == 1 else _TIED if len(tied) <= 4 else _BARE
    if best <= 0:  # as much speaks against it as for it: mixed or broken
        confidence = _DOUBTFUL
    if not chosen.certain:
        confidence *= _UNCERTAIN
    return Inference(chosen, round(confidence, 2), tuple(d.key for d in tied[1:]))


def _points(text: str) -> dict[str, float]:
    """Return the points of each dialect in `text`; none where no dialect understands anything in it."""
    if not _SIGNS.intersection(text):
        return {}
    places = find_placeholders(text)
    points: dict[str, float] = {}
    understood = set()
    for dialect in DIALECTS:
        signs = {dialect.opening[0], dialect.closing[-1], *("{" if dialect.spin == "braces" else "")}
        if not signs.intersection(text):
            if places:
                points[dialect.key] = -float(len(places))
            continue
        template = parse(text, dialect)
        worth = _understood(template, dialect)
        points[dialect.key] = worth + _against(template, dialect, places, certain=worth > 0)
        if points[dialect.key] > 0 or (worth >= 1 and dialect.certain):
            understood.add(dialect.key)
    # A text with placeholders of which half are read is mixed or broken; prose with a stray sign is neither.
    return points if understood else {}


def _understood(template: Template, dialect: Dialect) -> float:
    points = 0.0
    for node in walk(template.nodes):
        if isinstance(node, Variable):
            points += _worth(node, dialect)
        elif isinstance(node, Choice):
            points += _choice(node, dialect, template.text)
        elif isinstance(node, Conditional):
            points += 1.0
        elif isinstance(node, Opaque):
            points += 0.5
    return points


def _against(
    template: Template, dialect: Dialect, places: tuple[Placeholder, ...], *, certain: bool
) -> float:
    """Return what the placeholders that `dialect` misses, tears apart or finds damaged say, mostly against it."""
    covered = [(n.start, n.end) for n in walk(template.nodes) if not isinstance(n, Text)]
    damaged = [
        p for p in template.problems if p.better is not None and (certain or _telling(p.better, dialect))
    ]
    covered += [(p.start, p.end) for p in damaged]
    edges = sorted(edge for place in covered for edge in place)
    torn = sum(bisect_right(edges, p.start) < bisect_left(edges, p.end) for p in places)
    seen = _united(covered)
    starts = [start for start, _ in seen]
    missed = 0
    for place in places:
        before = bisect_left(starts, place.end) - 1
        missed += before < 0 or seen[before][1] <= place.start
    problems = sum(_COST[p.kind] for p in template.problems if p.better is None)
    return 0.5 * len(damaged) - missed - torn - problems


def _united(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `places` in order, with those that touch or overlap made one."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _worth(node: Variable, dialect: Dialect) -> float:
    """Return what a variable says for `dialect`: most when its name is known and written the dialect's way."""
    if not is_known(node.name) and (
        not dialect.certain or (dialect.opening in _COMMON and "_" not in node.name)
    ):
        return 0.0  # a bare word between such signs may be prose or code
    value = 1.0 if is_known(node.name) else 0.8
    value -= 0.0 if node.words is not None else 0.4
    # A known name squeezed into one word belongs to a dialect that writes names so.
    value -= (
        0.2
        if node.words is not None and len(node.words) == 1 and len(known_words(node.words[0])) > 1
        else 0.0
    )
    value -= 0.5 * sum(item.split(":")[0].strip() not in FILTERS for item in node.filters)
    return value


def _choice(node: Choice, dialect: Dialect, text: str) -> float:
    """Return what a choice says for `dialect`; what is more like another dialect's tag says nothing."""
    words = text[node.start : node.end]
    if dialect.spin == "keyword":
        return 1.0 if words.lstrip("{ ").startswith(dialect.spin_word) else 0.9
    if len(node.options) < 2 or (text[node.start - 1 : node.start], text[node.end : node.end + 1]) == (
        "{",
        "}",
    ):
        return -1.0
    return -1.0 if "|fallback=" in words else 1.0


def _telling(better: str, dialect: Dialect) -> bool:
    """Tell whether a damaged placeholder alone shows the dialect.

    Its name must be known. One word is enough where three of four signs are left, as in ``%%school%``.
    """
    name = _NAME.search(better)
    if name is None or not is_known(canonical(name.group().strip())):
        return False
    words = split_words(name.group())
    several = len(words) > 1 or len(known_words(words[0])) > 1
    return several or (len(dialect.opening) == len(dialect.closing) == 2 and dialect.opening != "((")


def dialect_for(text: str, subject: str | None, dialect: str | None) -> Inference:
    """Return the dialect given by `dialect` (a key or a tool), or the inferred one without."""
    return Inference(dialect_of(dialect), 1.0) if dialect is not None else infer(text, subject)


def settle(own: Inference, library: Inference) -> Inference:
    """Return the dialect of one template of a library: the library's where the template alone leaves it open."""
    if own.dialect is None or library.dialect is None or own.dialect.key == library.dialect.key:
        return own
    if library.dialect.key in own.others:
        return Inference(library.dialect, library.confidence, library.others)
    return own
