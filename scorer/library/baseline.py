"""What was wrong already: a baseline of findings and scores, so that only what is new fails.

A finding is known by its rule and its words, however often they stand in its draft; a draft by its name, by
its words, or, when it was renamed and edited at once, by most of its words. So neither moved lines nor
renamed files make a finding new. The file holds digests, never text.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from statistics import mean, median
from typing import Any

from scorer.drafts import write_atomically
from scorer.errors import InputError
from scorer.library.sources import Source
from scorer.schema import Draft, Finding, ScoreReport, Versions

FORMAT = 1
DEFAULT_FILE = ".score-draft-baseline.json"

# A finding on more words than this (a long sentence, a whole text) is known by its rule alone: any edit
# inside would make its words new.
MAX_WORDS = 12
# Digests of runs of three words that stand for a draft (bottom-k sketch; Broder 1997), and the share of them
# that a renamed and edited draft must keep.
SKETCH, KEPT = 16, 0.5
# Scores are kept with one decimal.
TOLERANCE = 0.051


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft with its report."""

    source: Source
    report: ScoreReport


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one draft: its name, digests of its words, its score, its findings with their number.

    Attributes
    ----------
    id
        The file, relative to the baseline, with the draft's name in it; None for a row without a name.
    file
        The file; None for text that was in none, and for rows without a name in baselines of old.
    template
        Whether it was judged as a template.
    """

    id: str | None
    content: str
    sketch: tuple[str, ...]
    score: float | None
    findings: Mapping[str, int]
    file: str | None = None
    template: bool = False


@dataclass(frozen=True, slots=True)
class Stale:
    """Known findings that are gone: fixed, or with their draft. `number` counts them."""

    id: str | None
    fingerprint: str
    number: int

    @property
    def words(self) -> str:
        """How a person reads it."""
        code = self.fingerprint.partition(":")[0]
        return f"{self.id or 'a draft without a name'}: {code}{f' ({self.number} times)' if self.number > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Drafts against a baseline, in the order of the drafts.

    Attributes
    ----------
    new
        The findings of each draft that the baseline does not know.
    entries
        What was known of each draft; None for a new one.
    stale
        What the baseline knows and nobody finds any more.
    kept
        Entries of drafts that were not looked at in this run.
    ran
        Codes of the rules that ran; None for all.
    """

    new: tuple[tuple[Finding, ...], ...]
    entries: tuple[Entry | None, ...]
    stale: tuple[Stale, ...]
    kept: tuple[Entry, ...]
    ran: frozenset[str] | None = None

    def looked_for(self, fingerprint: str) -> bool:
        """Tell whether the rule of `fingerprint` ran."""
        return self.ran is None or fingerprint.partition(":")[0] in self.ran


@dataclass(frozen=True)
class Baseline:
    """Findings and scores as they were when the baseline was written.

    Attributes
    ----------
    folder
        Where the file stands; names of drafts are relative to it.
    """

    folder: Path
    versions: Mapping[str, str]
    entries: tuple[Entry, ...] = field(repr=False)

    @classmethod
    def of(cls, judged: Iterable[Judged], folder: Path, versions: Versions | None) -> Baseline:
        """Return the baseline that knows all of `judged`."""
        known = {} if versions is None else {"model": versions.model, "pipeline": versions.pipeline}
        return cls(folder, known, tuple(_entry(each, folder) for each in judged))

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Return the baseline in file `path`.

        Raises
        ------
        InputError
            There is none, or it is no baseline.
        """
        try:
            data = json.loads(path.read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            raise InputError(f"{path}: no such baseline; make one with: score-draft baseline write") from None
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror or 'unknown reason'}") from None
        except (ValueError, RecursionError):
            raise InputError(
                f"{path}: not a baseline; make it anew with: score-draft baseline write"
            ) from None
        try:
            if data["format"] != FORMAT:
                raise InputError(
                    f"{path}: a baseline of another version of score-draft; "
                    "make it anew with: score-draft baseline write"
                )
            entries = tuple(_from_dict(entry) for entry in data["drafts"])
            return cls(path.absolute().parent, dict(data["versions"]), entries)
        except (KeyError, TypeError, AttributeError, ValueError):
            raise InputError(
                f"{path}: not a baseline; make it anew with: score-draft baseline write"
            ) from None

    def write(self, path: Path) -> None:
        """Write the baseline to `path`, a line for each draft, all or nothing."""
        lines = ",\n".join(f"  {json.dumps(_as_dict(entry), ensure_ascii=False)}" for entry in self.entries)
        scores = library_score(entry.score for entry in self.entries)
        head = json.dumps({"format": FORMAT, "versions": dict(self.versions), "library": scores})
        write_atomically(path, f'{head[:-1]}, "drafts": [\n{lines}\n]}}\n'.encode("utf-8", "replace"))

    def comparable(self, versions: Versions | None) -> bool:
        """Tell whether scores made by `versions` may be compared with those in the baseline."""
        return versions is None or self.versions == {"model": versions.model, "pipeline": versions.pipeline}

    def compare(self, judged: Sequence[Judged], ran: Iterable[str] | None = None) -> Comparison:
        """Return what is new and what is gone in `judged`.

        Parameters
        ----------
        ran
            Codes of the rules that ran; what another rule found is not stale. None: all.
        """
        current = [_entry(each, self.folder) for each in judged]
        files = {entry.file for entry in current}
        absent = [
            entry
            for entry in self.entries
            if entry.file not in files and entry.file is not None and (self.folder / entry.file).exists()
        ]
        left_out = {id(entry) for entry in absent}
        matched = _matched(current, [entry for entry in self.entries if id(entry) not in left_out])
        codes = None if ran is None else frozenset(ran)
        new: list[tuple[Finding, ...]] = []
        stale: list[Stale] = []
        for each, entry in zip(judged, matched, strict=True):
            known = Counter(entry.findings if entry else {})
            fresh = []
            for finding, fingerprint in _fingerprints(each):
                if known[fingerprint] > 0:
                    known[fingerprint] -= 1
                else:
                    fresh.append(finding)
            new.append(tuple(fresh))
            if entry:
                stale += _stale(entry, known, codes)
        used = {id(entry) for entry in matched if entry} | left_out
        for entry in self.entries:
            if id(entry) not in used:
                stale += _stale(entry, entry.findings, codes)
        return Comparison(tuple(new), tuple(matched), tuple(stale), tuple(absent), codes)

    def as_before(self, source: Source) -> Source:
        """Return `source` as a template where nothing else is said and it was judged as one before.

        One variable alone may be a forgotten one; in a library of templates it was known to be none.
        """
        if source.draft.kind is not None or not self._templates:
            return source
        name, _ = _place(source, self.folder)
        if name in self._templates or _content(source.draft) in self._templates:
            return replace(source, draft=replace(source.draft, kind="template"))
        return source

    @cached_property
    def _templates(self) -> frozenset[str]:
        """Names and digests of the words of what was judged as a template."""
        names = (key for entry in self.entries if entry.template for key in (entry.id, entry.content))
        return frozenset(name for name in names if name is not None)

    def pruned(self, judged: Sequence[Judged], comparison: Comparison) -> Baseline:
        """Return the baseline without what is gone, with better scores taken over; nothing new is let in.

        What rules that did not run had found is kept.
        """
        entries = list(comparison.kept)
        for each, old in zip(judged, comparison.entries, strict=True):
            if old is None:
                continue
            now = _entry(each, self.folder)
            findings = {
                key: min(number, old.findings[key])
                for key, number in now.findings.items()
                if key in old.findings
            }
            findings |= {key: n for key, n in old.findings.items() if not comparison.looked_for(key)}
            scores = [score for score in (old.score, now.score) if score is not None]
            best = max(scores) if self.comparable(each.report.versions) and scores else old.score
            entries.append(replace(now, score=best, findings=dict(sorted(findings.items()))))
        return Baseline(self.folder, self.versions, tuple(entries))


def library_score(scores: Iterable[float | None]) -> dict[str, float | int | None]:
    """Return number, mean and median (0 to 100) of the scores that there are."""
    known = [score for score in scores if score is not None]
    return {
        "scored": len(known),
        "mean": round(mean(known), 2) if known else None,
        "median": round(median(known), 2) if known else None,
    }


def fingerprint(finding: Finding, words: str) -> str:
    """Return the finding's rule with a digest of its words, as ``ASK003:1f2e…``."""
    plain = " ".join(words.casefold().split())
    if len(plain.split()) > MAX_WORDS:
        plain = ""
    where = finding.span.where if finding.span else ""
    return f"{finding.code}:{_digest(f'{where}:{plain}', 12)}"


def _fingerprints(each: Judged) -> Iterator[tuple[Finding, str]]:
    for finding in each.report.findings:
        yield finding, fingerprint(finding, finding.span.of(each.source.draft) if finding.span else "")


def _digest(words: str, length: int) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:length]


def _entry(each: Judged, folder: Path) -> Entry:
    words = each.source.draft.text.casefold().split()
    runs = {" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))}
    name, file = _place(each.source, folder)
    score = each.report.score
    return Entry(
        name,
        _content(each.source.draft),
        tuple(sorted(_digest(run, 8) for run in runs)[:SKETCH]),
        None if score is None else round(score, 1),
        dict(sorted(Counter(key for _, key in _fingerprints(each)).items())),
        file,
        each.report.draft.kind == "template",
    )


def _place(source: Source, folder: Path) -> tuple[str | None, str | None]:
    """Return the name of a draft and its file, both relative to `folder`."""
    if source.path is None:
        return None, None
    file = Path(os.path.relpath(source.path, folder)).as_posix()
    if source.key is None:
        return (file if source.row is None else None), file
    sheet = "" if source.sheet is None else f"{source.sheet}!"
    return f"{file}#{sheet}{source.key}", file


def _content(draft: Draft) -> str:
    return _digest(f"{draft.subject or ''}\0{' '.join(draft.text.casefold().split())}", 16)


def _name_and_words(entry: Entry) -> Hashable:
    return None if entry.id is None else (entry.id, entry.content)


def _words(entry: Entry) -> Hashable:
    return entry.content


def _name(entry: Entry) -> Hashable:
    return entry.id


def _matched(current: Sequence[Entry], known: Sequence[Entry]) -> list[Entry | None]:
    """Return for each of `current` the one of `known` that it was: by name and words, words, name, or most words."""
    matches: list[Entry | None] = [None] * len(current)
    free = dict.fromkeys(range(len(known)))
    for key in (_name_and_words, _words, _name):
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number in reversed(free):
            waiting[key(known[number])].append(number)
        for at, entry in enumerate(current):
            if matches[at] is None and key(entry) is not None and waiting[key(entry)]:
                number = waiting[key(entry)].pop()
                matches[at] = known[number]
                del free[number]
    holders: dict[str, list[int]] = defaultdict(list)
    for number in free:
        for piece in known[number].sketch:
            holders[piece].append(number)
    for at, entry in enumerate(current):
        if matches[at] is None:
            shared = Counter(number for piece in entry.sketch for number in holders[piece] if number in free)
            if shared:
                number, common = min(shared.items(), key=lambda item: (-item[1], item[0]))
                if common >= KEPT * max(len(entry.sketch), len(known[number].sketch)):
                    matches[at] = known[number]
                    del free[number]
    return matches


def _stale(entry: Entry, left: Mapping[str, int], ran: frozenset[str] | None) -> Iterator[Stale]:
    for key, number in sorted(left.items()):
        if number > 0 and (ran is None or key.partition(":")[0] in ran):
            yield Stale(entry.id, key, number)


def _as_dict(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": entry.id,
        "content": entry.content,
        "score": entry.score,
        "findings": dict(entry.findings),
        "sketch": "".join(entry.sketch),
    }
    if entry.id is None and entry.file is not None:
        data["file"] = entry.file
    if entry.template:
        data["kind"] = "template"
    return data


def _from_dict(data: Mapping[str, Any]) -> Entry:
    sketch, score = str(data["sketch"]), data["score"]
    name = None if data["id"] is None else str(data["id"])
    file = data.get("file") if name is None else name.partition("#")[0]
    return Entry(
        name,
        str(data["content"]),
        tuple(sketch[at : at + 8] for at in range(0, len(sketch), 8)),
        None if score is None else float(score),
        {str(key): int(number) for key, number in data["findings"].items()},
        None if file is None else str(file),
        data.get("kind") == "template",
    )
