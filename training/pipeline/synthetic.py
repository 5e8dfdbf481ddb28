"""Synthetic messages: patterns of several hands, filled with names, then cased and mistyped as people do."""

import random
import re
from pathlib import Path

from names import LABELS, Names, filler

Labelled = tuple[str, list[tuple[int, int, str]]]
_SLOT = re.compile(r"(?<!\{)\{([a-z]+)\}(?!\})")


def read_patterns(folder: Path) -> dict[str, list[str]]:
    """Read every hand's file: one pattern a line, backslash-n for a line break, # for remarks."""
    hands = {}
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        hands[path.stem] = [line.replace("\\n", "\n") for line in lines if line and line[0] != "#"]
    return hands


def fill(pattern: str, names: Names, rng: random.Random, drawn: dict[str, list[str]]) -> Labelled:
    """Fill the slots; ``{first} {last}`` side by side are one person, doubled braces stay as they are.

    ``drawn`` remembers the message's names by slot: at times one of them comes again.
    """
    pattern = pattern.replace("{first} {last}", "{full}")
    text = ""
    spans: list[tuple[int, int, str]] = []
    at = 0
    for match in _SLOT.finditer(pattern):
        slot = match.group(1)
        text += pattern[at : match.start()]
        at = match.end()
        if slot not in LABELS:
            text += match.group()
            continue
        if drawn.get(slot) and rng.random() < 0.15 and slot in {"org", "first", "place"}:
            value = rng.choice(drawn[slot])
        else:
            value = filler(names, slot)(rng)
        drawn.setdefault(slot, []).append(value)
        if slot == "role" and re.match(r"s\b", pattern[at:]):
            value, at = value + "s", at + 1
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
    if kind > 0.97:
        cased = text.upper() if kind > 0.99 else re.sub(r"\b[a-z]", lambda m: m.group().upper(), text)
        return (cased, spans) if len(cased) == len(text) else labelled
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


class Writer:
    """Writes messages: loose pieces of one hand, or whole ones with a greeting and a sign-off."""

    def __init__(self, folder: Path, names: Names) -> None:
        """Read the hands' files and the frames."""
        self.names = names
        self.hands = read_patterns(folder)
        self.frames = read_patterns(folder / "frames")

    def message(self, rng: random.Random) -> Labelled:
        """Make one message."""
        drawn: dict[str, list[str]] = {}
        hand = self.hands[rng.choice(list(self.hands))]
        plain = self.hands["negatives"]
        body = []
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
            source = hand if rng.random() < 0.7 else plain if rng.random() < 0.6 else self._any(rng)
            body.append(fill(rng.choice(source), self.names, rng, drawn))
        message = join(body, rng)
        if rng.random() < 0.6:
            greeting = fill(rng.choice(self.frames["greetings"]), self.names, rng, drawn)
            gap = rng.choice((" ", " ", "\n", "\n\n", "\n\n"))
            message = after(greeting, gap, message)
        if rng.random() < 0.45:
            signoff = fill(rng.choice(self.frames["signoffs"]), self.names, rng, drawn)
            gap = rng.choice((" ", "\n", "\n\n", "\n\n"))
            message = after(message, gap, signoff)
        return restyle(message, rng)

    def _any(self, rng: random.Random) -> list[str]:
        return self.hands[rng.choice(list(self.hands))]


def after(first: Labelled, gap: str, second: Labelled) -> Labelled:
    """Set one text after another."""
    start = len(first[0]) + len(gap)
    spans = [(a + start, b + start, label) for a, b, label in second[1]]
    return first[0] + gap + second[0], first[1] + spans
