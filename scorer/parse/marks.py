"""What the eye sees before reading: paragraphs, list items, shouting, repeated marks, disguised words, raw markup.

All functions read folded text and return half-open ranges of its code points.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

Range = tuple[int, int]

# A line at least this long that runs on in lower case was wrapped by an e-mail program.
_WRAPPED_LINE = 55
_BULLET = re.compile(r"[ \t]*(?:[-*•·▪◦‣→✓✔✅➤–—]\s|\(?\d{1,2}[.)]\s)(?=\s*\S)")

_MARK_RUN = re.compile(r"!{2,}|\?{2,}|[!?]{3,}")
# The letter comes before the look back, so that most positions fail at once.
_CAPITALS = re.compile(r"[A-Z](?<![^\W_][A-Z])[A-Z']*[A-Z](?![^\W_])")
_RUN_GAP = re.compile(r"[ ,]{1,2}(?:&[ ])?")
_SPACED = re.compile(
    r"(?<![\w.'])(?:[A-Za-z](?: [A-Za-z]){3,20}|[a-z](?:\.[a-z]){3,20}|[A-Za-z](?:[-_*][A-Za-z]){3,20})(?![\w'])"
)
# Cheap tests that every match of the dear patterns passes.
_SPACED_HINT = re.compile(r"[ .\-_*][A-Za-z][ .\-_*][A-Za-z][ .\-_*][A-Za-z]")
_LEET_HINT = re.compile(r"[0134578€$@|](?:[A-Za-z]|(?<=[A-Za-z].))")
_LEET = re.compile(
    r"(?<![\w@./$€-])(?=[\w€$@!|]*[A-Za-z])(?=[\w€$@!|]*[01345€$@!|])[A-Za-z0134578€$@!|]{3,14}(?![\w@./-])"
)
_FROM_LEET = str.maketrans("0134578€$@|", "oieastbesal")
_LEET_WORDS = frozenset(
    "free money cash prize winner winning win offer offers save savings earn earnings credit loan loans bonus discount deal "
    "deals click cheap viagra casino bitcoin crypto income profit profits rich gift guaranteed guarantee dollars million "
    "investment invest sex porn password bank sale urgent limited easy success leads lottery bet".split()
)
_MARKUP = re.compile(
    r"(?P<bold>\*\*(?=\S)[^*\n]{1,200}(?<=\S)\*\*|(?<!\w)__(?=\S)[^_\n]{1,200}(?<=\S)__(?!\w|\.\w))"
    r"|(?P<link>\[[^\[\]\n]{1,120}\]\((?:https?://|www\.)[^()\s]{1,500}\))"
    r"|(?P<heading>^#{1,6} (?=\S))|(?P<strike>~~(?=\S)[^~\n]{1,200}(?<=\S)~~)",
    re.MULTILINE,
)
_PRICE = re.compile(
    r"[$€£₹]\s?\d[\d,.]{0,12}(?:\s?(?:k|m|bn|million|billion|lakhs?|crores?)\b)?|\b\d[\d,.]{0,12}\s?(?:usd|eur|gbp|inr|dollars|euros|pounds|rupees)\b"
    r"|\b\d{1,3}\s?(?:%|percent|per cent) (?:off|discount|savings?|cheaper|more (?:leads|sales|revenue|traffic))\b",
    re.IGNORECASE,
)
_CURRENCIES = ("usd", "eur", "gbp", "inr", "dollars", "pounds", "rupees", "percent", "per cent")
_ORNAMENTS = (
    "$$",
    "€€",
    "££",
    "&&",
    "***",
    "###",
    "===",
    "~~~",
    "+++",
    "^^^",
    "%%",
    "@@",
    ">>",
    "<<",
    "→→",
    "►►",
    "▶▶",
)
_SYMBOLS = re.compile(
    r"\${2,}|€{2,}|£{2,}|&{2,}|\*{3,}|#{3,}|={3,}|~{3,}|\+{3,}|\^{3,}|%{2,}|@{2,}|>{2,}|<{2,}|→{2,}|►{2,}|▶{2,}"
)

# Common words that nobody abbreviates in capitals; stop words join them.
SHOUTED = frozenset(
    "about absolutely act action again all always amazing announcement any anyone anything apply asap ask attention available back bad "
    "believe best better big bonus book both break business but buy call can cannot cash change chance cheap click company "
    "connect contact cost could critical day days deal dear did different discount does done don't download dollars earn easy email "
    "every everyone everything exactly exclusive expires extra fantastic fast final first fire follow for forever forget free from fully get "
    "gift give going gone good great grow growth guarantee guaranteed have hello help here hiring hot hour hours how huge hundred hurry important "
    "immediate immediately incredible instant instantly interested interview job join just know last late later launch lead leads learn less "
    "let life like limited link little live long look looking lose love lowest made make making many massive meet message million minute "
    "minutes miss missed money month more most much must name necessary need needs never new next nice not nothing notice now offer "
    "offers once one online only open opportunity order our over pay people perfect personal please position price prices prize profit "
    "promise proven quick quickly read ready real really recommend register reminder reply request required respond results risk sale "
    "same save savings say sell send serious share should sign simple since special spots start still stop strictly submit subscribe success "
    "such super sure take talk team tell thank thanks that the their them then there these they thing think this those time times today "
    "together tomorrow tonight too top total true truly trust try two ultimate unbelievable under until update upgrade urgent urgently very "
    "wait want warning was watch way week weeks welcome were what when where which why will win winner with within without won't "
    "wonderful word work working world worth wow would wrong year years yes you your yours yourself zero".split()
)
# Stop words and common words whose capitals are an acronym or a name too.
_NO_SHOUT = frozenset("who us it may hr ceo ok am pm it's aka or re via".split())


def find_paragraphs(text: str, start: int, end: int) -> tuple[Range, ...]:
    """Return the paragraphs of ``text[start:end]``: stretches without a line break that the writer set."""
    paragraphs: list[list[int]] = []
    position = start
    blank = True
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        if stripped:
            left = position + len(line) - len(line.lstrip())
            right = left + len(stripped)
            wrapped = (
                not blank
                and stripped[0].islower()
                and right - left > 0
                and paragraphs[-1][1] - text.rfind("\n", 0, paragraphs[-1][1]) > _WRAPPED_LINE
            )
            if wrapped:
                paragraphs[-1][1] = right
            else:
                paragraphs.append([left, right])
        blank = not stripped
        position += len(line) + 1
    return tuple((left, right) for left, right in paragraphs)


def find_bullets(text: str, paragraphs: Sequence[Range]) -> tuple[Range, ...]:
    """Return the paragraphs that are items of a list."""
    return tuple((left, right) for left, right in paragraphs if _BULLET.match(text, left, right))


def find_mark_runs(text: str) -> tuple[Range, ...]:
    """Return runs of exclamation and question marks."""
    return _ranges(_MARK_RUN, text) if any(run in text for run in ("!!", "??", "!?", "?!")) else ()


def find_shouts(text: str) -> tuple[Range, ...]:
    """Return words in capitals that are no acronyms; a run of them is one range.

    A word counts when it is a common word of English; inside a run of three or more, of which one is common,
    every word does. Acronyms, names of firms, degrees and initials are thus left alone.
    """
    runs: list[list[re.Match[str]]] = []
    for match in _CAPITALS.finditer(text):
        if (runs and _RUN_GAP.fullmatch(text, runs[-1][-1].end(), match.start())) or (
            runs and text[runs[-1][-1].end() : match.start()] in (" I ", " A ")
        ):
            runs[-1].append(match)
        else:
            runs.append([match])
    found: list[Range] = []
    for run in runs:
        common = [match for match in run if _is_shout(match.group())]
        if len(run) > 1 and (len(common) == len(run) or (len(run) > 2 and 2 * len(common) >= len(run))):
            found.append((run[0].start(), run[-1].end()))
        else:
            found += [match.span() for match in common if len(match.group()) > 2]
    return tuple(found)


def _is_shout(word: str) -> bool:
    lower = word.lower()
    if lower in _NO_SHOUT:
        return False
    return lower in SHOUTED or (
        len(lower) <= 2
        and lower
        in {"to", "of", "in", "on", "is", "be", "my", "we", "me", "no", "so", "up", "do", "go", "if"}
    )


def find_spaced_words(text: str) -> tuple[Range, ...]:
    """Return words spelled with a mark or space after every letter (``F R E E``); lists of letters are none."""
    if not _SPACED_HINT.search(text):
        return ()
    found: list[Range] = []
    for match in _SPACED.finditer(text):
        letters = "".join(c for c in match.group().lower() if c.isalpha())
        rising = all(ord(b) - ord(a) == 1 for a, b in itertools.pairwise(letters))
        if (
            not rising
            and re.search(r"[aeiou]", letters)
            and re.search(r"[^aeiou]", letters)
            and len(set(letters)) > 2
        ):
            found.append(match.span())
    return tuple(found)


def find_leet(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return promotional words with digits or signs for letters (``fr€e``), each with its plain spelling."""
    if not _LEET_HINT.search(text):
        return ()
    found: list[tuple[int, int, str]] = []
    for match in _LEET.finditer(text):
        plain = match.group().lower().translate(_FROM_LEET).rstrip("!")
        if plain in _LEET_WORDS and plain != match.group().lower():
            found.append((match.start(), match.start() + len(match.group().rstrip("!")), plain))
    return tuple(found)


def find_markup(text: str) -> tuple[Range, ...]:
    """Return raw Markdown: bold, strike-through, links, headings."""
    return _ranges(_MARKUP, text) if any(m in text for m in ("**", "__", "](", "# ", "~~")) else ()


def without_markup(words: str) -> str:
    """Return a piece of raw Markdown as plain text."""
    link = re.fullmatch(r"\[([^\[\]]+)\]\(([^()]+)\)", words)
    if link:
        return link[2] if link[1] == link[2] else f"{link[1]}: {link[2]}"
    if words.startswith("#"):
        return ""
    return words.strip("*_~")


def find_prices(text: str) -> tuple[Range, ...]:
    """Return prices, amounts of money and percentages off."""
    return _ranges(_PRICE, text) if may_hold_price(text) else ()


def may_hold_price(text: str) -> bool:
    """Tell at little cost whether `text` can hold a price at all."""
    if any(sign in text for sign in "$€£₹%"):
        return True
    lower = text.lower()
    return any(word in lower for word in _CURRENCIES)


def find_symbol_noise(text: str) -> tuple[Range, ...]:
    """Return runs of dollar signs, ampersands, stars and other ornaments."""
    return _ranges(_SYMBOLS, text) if any(run in text for run in _ORNAMENTS) else ()


def _ranges(pattern: re.Pattern[str], text: str) -> tuple[Range, ...]:
    return tuple(match.span() for match in pattern.finditer(text))
