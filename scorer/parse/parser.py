"""Draft -> ParsedDraft: the shipped spaCy pipeline, and on top of it the parts of a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.parse.asks import find_asks
from scorer.parse.cut import cut_doc
from scorer.parse.folding import Folded, fold
from scorer.parse.language import load_language
from scorer.parse.language_id import detect_language
from scorer.parse.mentions import find_mentions
from scorer.parse.parsed import ParsedDraft, ParsedText, Placeholder
from scorer.parse.parts import find_layout, find_sentences, silent_sentences, with_roles
from scorer.parse.purpose import recognise_purpose
from scorer.parse.surface import find_emojis, find_inline_quotes, find_links, find_placeholders
from scorer.resources import models_dir
from scorer.schema import Draft, Edit, Kind, RefusalReason

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Parser:
    """Turns drafts into parsed drafts; safe to share between threads once built.

    Parameters
    ----------
    nlp
        The language pipeline.
    """

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    @classmethod
    def load(cls, path: Path | None = None) -> Parser:
        """Return a parser around the pipeline at `path` (the shipped one without).

        Raises
        ------
        ArtefactError
            The pipeline is missing or was altered.
        """
        return cls(load_language(path or models_dir() / "en_draft"))

    @property
    def version(self) -> str:
        """Name and version of the pipeline."""
        return f"{self.nlp.meta['name']} {self.nlp.meta['version']}"

    def parse(self, draft: Draft) -> ParsedDraft:
        """Return `draft` parsed."""
        folded = fold(draft.text)
        return self._assemble(draft, folded, self.nlp(folded.text))

    def parse_many(self, drafts: Iterable[Draft], *, batch_size: int = 64) -> Iterator[ParsedDraft]:
        """Yield each draft parsed, in order, in batches through the pipeline: faster than one by one."""
        pairs = ((folded.text, (draft, folded)) for draft in drafts for folded in (fold(draft.text),))
        for doc, (draft, folded) in self.nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
            yield self._assemble(draft, folded, doc)

    def without(self, parsed: ParsedDraft, cuts: Sequence[Edit]) -> ParsedDraft | None:
        """Return a parsed draft with sentences taken out, which saves reading it again.

        None where only a new reading tells, since a cut went through a word or name.
        """
        draft = parsed.draft.with_edits(cuts)
        folded = fold(draft.text)
        doc = cut_doc(parsed.body, cuts, self.nlp.make_doc(folded.text))
        return None if doc is None else self._assemble(draft, folded, doc)

    def _assemble(self, draft: Draft, folded: Folded, doc: Doc) -> ParsedDraft:
        body = ParsedText(folded, doc)
        text = body.text
        layout = find_layout(text)
        sentences = find_sentences(body, layout)
        asks = find_asks(body, sentences, skip=silent_sentences(sentences, layout))
        placeholders = find_placeholders(text)
        subject = None
        if draft.subject is not None:
            folded_subject = fold(draft.subject)
            subject = ParsedText(folded_subject, self.nlp.make_doc(folded_subject.text), "subject")
        return ParsedDraft(
            draft=draft,
            body=body,
            subject=subject,
            sentences=with_roles(body, sentences, layout, asks),
            asks=asks,
            mentions=find_mentions(text, draft),
            links=find_links(text),
            placeholders=placeholders,
            emojis=find_emojis(text),
            inline_quotes=find_inline_quotes(text),
            body_start=layout.body_start,
            signature_start=layout.signature_start,
            kind=draft.kind or recognise_kind(placeholders, draft),
            purpose=draft.purpose or recognise_purpose(body),
            purpose_given=draft.purpose is not None,
        )


def recognise_kind(placeholders: tuple[Placeholder, ...], draft: Draft) -> Kind:
    """Return ``template`` when two or more different variables stand in the text and no reader is named.

    A single stray variable in an otherwise finished text, or any variable in a message to a given reader,
    is taken for a draft whose placeholder was forgotten.
    """
    names = {placeholder.name for placeholder in placeholders if placeholder.certain}
    named = draft.recipient is not None and draft.recipient.name is not None
    return "template" if len(names) >= 2 and not named else "draft"


def refusal(draft: Draft) -> RefusalReason | None:
    """Return why `draft` can't be judged, or None.

    ``empty``: nothing but white space. ``mostly_quoted``: less than a third of the words are the writer's
    own. ``no_words``: no letters at all. ``too_short``: fewer than three words. ``not_english``: another
    language's function words, or script, prevail.
    """
    if not draft.text.strip():
        return "empty"
    folded = fold(draft.text)
    own = folded.text.split()
    if folded.quoted:
        quoted = sum(len(draft.text[start:end].split()) for start, end in folded.quoted)
        if quoted > 2 * len(own):
            return "mostly_quoted"
    words = list(islice((word for word in own if any(char.isalpha() for char in word)), 3))
    if not words:
        return "no_words"
    language = detect_language(folded.text)
    if language not in {None, "en"}:
        return "not_english"
    return "too_short" if len(words) < 3 else None
