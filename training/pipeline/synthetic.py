"""Synthetic messages: patterns of several hands, filled with names, then cased and mistyped as people do."""

import random
import re
from pathlib import Path

from names import LABELS, Names, filler

Labelled = tuple[str, list[tuple[int, int, str]]]
_SLOT = re.compile(r"(?<!\{)\{([a-z]+)\}(?!\})")


def read_patterns(folder: Path) -> dict[str, list[str]]:
    """Read every hand's file: one pattern a line, ``\\n`` for a line break, ``#`` for remarks."""
    hands = {}
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        hands[path.stem] = [line.replace("\\n", "\n") for line in lines if line and line[0] != "#"]
    return hands


def fill(pattern: str, names: Names, rng: random.Random) -> Labelled:
    """Fill the slots; ``{first} {last}`` side by side are one person, doubled braces stay as they are."""
    pattern = pattern.replace("{first} {last}", "{full}")
    text = ""
    spans: list[tuple[int, int, str]] = []
    at = 0
    drawn: dict[str, list[str]] = {}
    for match in _SLOT.finditer(pattern):
        slot = match.group(1)
        text += pattern[at : match.start()]
        at = match.end()
        if slot not in LABELS:
            text += match.group()
            continue
        # Messages come back to the same name: at times one already drawn is used again.
        if drawn.get(slot) and rng.random() < 0.2 and slot in {"org", "first", "place"}:
            value = rng.choice(drawn[slot])
        else:
            value = filler(names, slot)(rng)
        drawn.setdefault(slot, []).append(value)
        label = LABELS[slot]
        if label:
            spans.append((len(text), len(text) + len(value), label))
        text += value
    return text + pattern[at:], spans


def join(parts: list[Labelled], rng: random.Random) -> Labelled:
    """Set several filled patterns one after the other, with spaces or line breaks between."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for i, (part, its) in enumerate(parts):
        if i:
            text += "\n\n" if "\n" in part[-30:] else rng.choice((" ", " ", " ", "\n", "\n\n"))
        spans += [(start + len(text), end + len(text), label) for start, end, label in its]
        text += part
    return text, spans


def restyle(labelled: Labelled, rng: random.Random) -> Labelled:
    """Change the case of a whole message or of its names; never the length."""
    text, spans = labelled
    kind = rng.random()
    if kind < 0.16:
        lowered = text.lower()
        return (lowered, spans) if len(lowered) == len(text) else labelled
    if kind < 0.24:
        for start, end, _ in spans:
            if rng.random() < 0.7 and len(low := text[start:end].lower()) == end - start:
                text = text[:start] + low + text[end:]
    elif kind < 0.27:
        for start, end, _ in spans:
            if rng.random() < 0.5 and len(up := text[start:end].upper()) == end - start:
                text = text[:start] + up + text[end:]
    if rng.random() < 0.3:
        text = text.replace("'", "’")
    return text, spans


def message(hands: dict[str, list[str]], names: Names, rng: random.Random) -> Labelled:
    """Make one message of one to five patterns, mostly of a single hand."""
    hand = hands[rng.choice(list(hands))]
    parts = []
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        source = hand if rng.random() < 0.8 else hands[rng.choice(list(hands))]
        parts.append(fill(rng.choice(source), names, rng))
    return restyle(join(parts, rng), rng)
