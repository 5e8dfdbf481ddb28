"""What parsing knows of a draft: the Doc, sentences with their roles, asks, mentions, links, placeholders.

Positions inside these types count code points of the *folded* text that the pipeline read;
`ParsedDraft.span` brings them back to the text as given. Features and rules only ever hand out the latter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from scorer.lexicons import Hit, find_all, lower
from scorer.parse import marks
from scorer.parse.folding import Folded
from scorer.parse.writing import Writing, read_writing
from scorer.schema import Draft, Span, Where

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

    from scorer.parse.tailoring import Tailoring
    from scorer.parse.thread import Thread

Role = Literal[
    "greeting", "introduction", "common_ground", "reason", "value", "ask", "thanks",
    "sign_off", "signature", "postscript",
]  # fmt: skip
ROLES: tuple[Role, ...] = (
    "greeting", "introduction", "common_ground", "reason", "value", "ask", "thanks",
    "sign_off", "signature", "postscript",
)  # fmt: skip

AskKind = Literal[
    "connect", "reply", "call", "meeting", "referral", "advice", "click", "buy", "information", "favour",
]  # fmt: skip
Effort = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the writer's own text.

    Attributes
    ----------
    start, end
        Folded code points, without surrounding white space.
    first, last
        Token indices ``[first, last)`` in the Doc.
    roles
        Parts of a message that the sentence plays; may be several or none.
    """

    index: int
    start: int
    end: int
    first: int
    last: int
    text: str
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Ask:
    """Something the reader is asked to do.

    Attributes
    ----------
    kind
        What is asked for.
    effort
        1: a word or a click answers it; 2: some thought or a few minutes; 3: time, work, favours or money.
    direct
        Imperative or a bare question, as opposed to a softened request.
    specific
        Says what, when or how much, so that it can be answered as it stands.
    question
        Ends with a question mark.
    again
        Indices of further sentences that ask the same: said again, a choice of times, a bare "let me know".
    """

    start: int
    end: int
    kind: AskKind
    effort: Effort
    sentence: int
    direct: bool = False
    specific: bool = False
    question: bool = False
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A fact given with the draft that stands in the text.

    Attributes
    ----------
    who
        Whose fact: the reader's or the writer's.
    fact
        Which field of `Person`.
    exact
        False for a nickname, initials, or a spelling without accents.
    """

    who: Literal["recipient", "sender"]
    fact: Literal["name", "company", "role", "school"]
    start: int
    end: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A web address, e-mail address or phone number in the text."""

    kind: Literal["url", "email", "phone"]
    start: int
    end: int
    host: str = ""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """An unfilled variable, conditional or spin block.

    Attributes
    ----------
    certain
        False for square brackets and percent signs that ordinary prose uses too.
    """

    start: int
    end: int
    name: str
    certain: bool = True


@dataclass
class ParsedText:
    """One text (body or subject) with its Doc."""

    folded: Folded
    doc: Doc
    where: Where = "text"

    @property
    def text(self) -> str:
        """The folded text that all inner positions count."""
        return self.folded.text

    @cached_property
    def lower(self) -> str:
        """The folded text in lower case, character by character, so that positions stay."""
        return lower(self.text)

    @cached_property
    def plain_tokens(self) -> tuple[tuple[int, str], ...]:
        """Where each token of the Doc starts, and its text: plain values, since tokens cost more to go through."""
        text = self.text
        places = self.doc.to_array(["IDX", "LENGTH"]).tolist()
        return tuple((start, text[start : start + length]) for start, length in places)

    @cached_property
    def lexicon_hits(self) -> Mapping[str, list[Hit]]:
        """All lexicon entries in the text, by lexicon."""
        return find_all(self.text)

    def span(self, start: int, end: int) -> Span:
        """Return the span of the given text for folded ``[start, end)``."""
        if self.folded.alignment is not None:
            start, end = self.folded.alignment.span(start, end)
        return Span(start, end, self.where)


@dataclass
class ParsedDraft:
    """A draft with everything that features and rules read.

    Attributes
    ----------
    body, subject
        The parsed texts; `subject` is None when the draft has none.
    sentences, asks, mentions, links, placeholders, emojis
        In order of place, in folded positions of the body.
    signature_start
        Folded position where the sign-off and signature block begins; the text's length without one.
    body_start
        Folded position after the greeting.
    inline_quotes
        Folded spans between quotation marks.
    notes
        Results that several features share and this layer cannot compute, by name.
    """

    draft: Draft
    body: ParsedText
    subject: ParsedText | None = None
    sentences: tuple[Sentence, ...] = ()
    asks: tuple[Ask, ...] = ()
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    emojis: tuple[tuple[int, int], ...] = ()
    inline_quotes: tuple[tuple[int, int], ...] = ()
    body_start: int = 0
    signature_start: int = 0
    kind: Literal["draft", "template"] = "draft"
    purpose: str | None = None
    purpose_given: bool = False
    notes: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The folded body."""
        return self.body.text

    @property
    def doc(self) -> Doc:
        """The pipeline's analysis of the folded body."""
        return self.body.doc

    def span(self, start: int, end: int) -> Span:
        """Return the span of the draft's text for folded ``[start, end)`` of the body."""
        return self.body.span(start, end)

    def token_span(self, first: Token, last: Token | None = None) -> Span:
        """Return the span of the draft's text from token `first` to token `last`, both included."""
        last = first if last is None else last
        return self.span(first.idx, last.idx + len(last))

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Tokens of the whole body that are words or numbers.

        A contraction counts once, and so does the given name of a firm or school: what a draft is worth must not
        hang on how long a name its reader's firm has.
        """
        inner = [(m.start, m.end) for m in self.mentions if m.fact in {"company", "school"}]
        if not inner:
            return self._all_words
        return tuple(t for t in self._all_words if not any(start < t.idx < end for start, end in inner))

    @property
    def n_words(self) -> int:
        """Words as a reader counts them."""
        return len(self._all_words)

    @cached_property
    def _all_words(self) -> tuple[Token, ...]:
        doc = self.doc
        kept: list[Token] = []
        end = -1  # of the last kept one
        for i, (start, text) in enumerate(self.body.plain_tokens):
            if not text.isalnum():
                if not any(c.isalnum() for c in text) or text.lower() == "n't":
                    continue
                if text[0] == "'" and end == start:
                    continue
            kept.append(doc[i])
            end = start + len(text)
        return tuple(kept)

    @cached_property
    def main_words(self) -> tuple[Token, ...]:
        """Words between greeting and sign-off, the part that says something."""
        return tuple(t for t in self.words if self.body_start <= t.idx < self.signature_start)

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int, int], ...]:
        """Paragraphs between greeting and sign-off as (start, end, words), in folded positions."""
        ranges = marks.find_paragraphs(self.text, self.body_start, self.signature_start)
        return tuple((start, end, self.count_words(start, end)) for start, end in ranges)

    @cached_property
    def main_sentences(self) -> tuple[tuple[Sentence, int], ...]:
        """Sentences between greeting and sign-off, each with its number of words, at least 1."""
        found = ((s, self.count_words(s.start, s.end)) for s in self.sentences
                 if self.body_start <= s.start < self.signature_start)  # fmt: skip
        return tuple((sentence, words) for sentence, words in found if words)

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """The text of `main_sentences` without links and placeholders."""
        holes = [*((k.start, k.end) for k in self.links), *((p.start, p.end) for p in self.placeholders)]
        return tuple(_without(s.text, s.start, holes) if holes else s.text for s, _ in self.main_sentences)

    @cached_property
    def _word_starts(self) -> tuple[int, ...]:
        return tuple(token.idx for token in self.words)

    def count_words(self, start: int, end: int) -> int:
        """Return the number of words that begin in folded ``[start, end)``."""
        return bisect_left(self._word_starts, end) - bisect_left(self._word_starts, start)

    @cached_property
    def shouts(self) -> tuple[tuple[int, int], ...]:
        """Words and runs of words in capitals that are no acronyms, names, links or placeholders."""
        return tuple(r for r in marks.find_shouts(self.text) if not self._sheltered(*r))

    @cached_property
    def tailoring(self) -> Tailoring:
        """What in the draft fits only its reader."""
        from scorer.parse.tailoring import find_tailoring  # that module reads these types

        return find_tailoring(self)

    @cached_property
    def thread(self) -> Thread:
        """The draft beside the earlier messages of its thread."""
        from scorer.parse.thread import compare  # that module reads these types

        return compare(self)

    def with_role(self, role: Role) -> tuple[Sentence, ...]:
        """Return the sentences that play `role`."""
        return tuple(s for s in self.sentences if role in s.roles)

    def sentence_at(self, index: int) -> Sentence | None:
        """Return the sentence that covers folded position `index`."""
        return next((s for s in self.sentences if s.start <= index < s.end), None)

    def tokens(self, sentence: Sentence) -> DocSpan:
        """Return the tokens of `sentence`."""
        return self.doc[sentence.first : sentence.last]

    def hits(self, *lexicons: str, innocent: bool = False) -> tuple[Hit, ...]:
        """Return the hits of `lexicons` in the body, by place.

        Unless `innocent`, hits inside the name of a person, firm, place or school, inside a link or
        placeholder, or between quotation marks are left out: there the writer does not say it.
        """
        kept = self._found_hits.get((lexicons, innocent))
        if kept is None:
            found = self.body.lexicon_hits
            hits = [hit for name in lexicons if name in found for hit in found[name]]
            if hits and not innocent:
                hits = [hit for hit in hits if self._is_meant(hit)]
            if len(lexicons) > 1:  # those of one lexicon are in order
                hits.sort(key=lambda hit: (hit.start, -hit.end))
            kept = self._found_hits[lexicons, innocent] = tuple(hits)
        return kept

    def _is_meant(self, hit: Hit) -> bool:
        return (hit.start, hit.end) in self._people or not self._sheltered(hit.start, hit.end)

    @cached_property
    def _found_hits(self) -> dict[tuple[tuple[str, ...], bool], tuple[Hit, ...]]:
        return {}

    def hits_within(self, sentence: Sentence, *lexicons: str) -> tuple[Hit, ...]:
        """Return the hits of `lexicons` inside `sentence`."""
        return tuple(hit for hit in self.hits(*lexicons) if sentence.start <= hit.start < sentence.end)

    def subject_hits(self, *lexicons: str) -> tuple[Hit, ...]:
        """Return the hits of `lexicons` in the subject (positions of the folded subject)."""
        if self.subject is None:
            return ()
        found = [hit for name in lexicons for hit in self.subject.lexicon_hits.get(name, ())]
        return tuple(sorted(found, key=lambda hit: (hit.start, -hit.end)))

    @cached_property
    def _shelters(self) -> tuple[tuple[int, int], ...]:
        shelters = [(ent.start_char, ent.end_char) for ent in self.doc.ents if ent.label_ != "ROLE"]
        shelters += [(m.start, m.end) for m in self.mentions]
        shelters += [(link.start, link.end) for link in self.links]
        shelters += [(p.start, p.end) for p in self.placeholders]
        shelters += list(self.inline_quotes)
        return tuple(shelters)

    @cached_property
    def _people(self) -> frozenset[tuple[int, int]]:
        """Entities that are nothing but one lexicon word with a capital ("Dude, …"): rarely a person's name."""
        named = {(m.start, m.end) for m in self.mentions}
        return frozenset(
            span
            for ent in self.entities("PERSON")
            if len(ent) == 1 and (span := (ent.start_char, ent.end_char)) not in named
        )

    def _sheltered(self, start: int, end: int) -> bool:
        return any(low <= start and end <= high for low, high in self._shelters)

    def sheltered(self, start: int, end: int) -> bool:
        """Tell whether folded ``[start, end)`` lies in a name, link, placeholder or quotation."""
        return self._sheltered(start, end)

    @cached_property
    def writing(self) -> Writing:
        """Pronouns, contractions, slips and sentence beginnings, read in one pass."""
        return read_writing(self)

    def in_quotes(self, start: int, end: int) -> bool:
        """Tell whether folded ``[start, end)`` stands between quotation marks."""
        return any(low <= start and end <= high for low, high in self.inline_quotes)

    def entities(self, *labels: str) -> tuple[DocSpan, ...]:
        """Return the entities with one of `labels` (all without any)."""
        return tuple(ent for ent in self.doc.ents if not labels or ent.label_ in labels)


def _without(text: str, offset: int, holes: Iterable[tuple[int, int]]) -> str:
    """Return `text`, which begins at `offset`, with a space for each of `holes` inside it."""
    for start, end in sorted(holes, reverse=True):
        if offset <= start < offset + len(text):
            text = f"{text[: start - offset]} {text[end - offset :]}"
    return text
