"""The same thing twice in a library: copies, near copies, shared openers and closers, formulas, repeats.

A cluster is built around its first draft in library order: every other member is at least as similar to it
as the kind asks, and no more similar to the first draft of another cluster. So a chain of small changes
never ties two unlike drafts together, and the result is the same on every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from scorer.library._shingles import Wording, common_length, shared_words, shares, shingle_matrix, wordings
from scorer.schema import Draft

Sameness = Literal["exact", "near", "formula", "repeat", "opener", "closer"]
KINDS: tuple[str, ...] = get_args(Sameness)

# House judgement, checked on written drafts: see the tests.
NEAR = 0.7  # Jaccard similarity of runs of three words
FORMULA = 0.6  # words in the same order, of the longer text
FORMULA_FLOOR = 0.25  # Jaccard similarity of runs of two words, below which no formula is looked for
REPEAT = 0.5  # share of a follow-up's runs of three words that stood in the first message
OPENER_WORDS = 6  # this many first words make two openers the same
MIN_WORDS = 4  # shorter sentences say nothing of sameness
MIN_FORMULA_WORDS = 12

ADVICE: Mapping[str, str] = {
    "exact": "Keep one and delete the rest; point whatever uses the others to the one kept.",
    "near": "Keep the one with the best score, or results, and merge what differs into placeholders.",
    "formula": "One wording with other fillings: make it one template with placeholders, or rewrite those "
    "that go to the same people.",
    "repeat": "A follow-up that says the first message again: bring something new, or a shorter ask.",
    "opener": "Readers of more than one of these see the same first words: vary them, or open with "
    "something about the reader.",
    "closer": "Readers of more than one of these see the same last sentence: vary the ask.",
}

_BLOCK = 256

# Members with how similar each is to the first.
_Group = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Drafts of a library that are in some way the same.

    Attributes
    ----------
    kind
        ``exact``, ``near``, ``formula``, ``repeat``, ``opener`` or ``closer``.
    members
        Positions of the drafts, ascending; the first is the one the others were compared with. A ``repeat``
        of the follow-up's own earlier message has the follow-up alone.
    similarity
        0 to 1: of the member least like the first.
    shared
        The words that all have, in order, with ``…`` for what differs and ``□`` for a placeholder.
    """

    kind: Sameness
    members: tuple[int, ...]
    similarity: float
    shared: str

    @property
    def advice(self) -> str:
        """What to do about it."""
        return ADVICE[self.kind]


def find_clusters(drafts: Iterable[Draft]) -> tuple[Cluster, ...]:
    """Return what is the same in `drafts`, by kind in the order of `KINDS`, then by size and first member.

    Drafts without words belong to no cluster. Openers and closers are reported where at least two drafts
    share them that are not copies of one formula.
    """
    given = list(drafts)
    texts = wordings(given)
    filled = [at for at, text in enumerate(texts) if text.words]
    exact = _groups_by(filled, lambda at: texts[at].words)
    near = _widened(_near([members[0][0] for members in exact], texts), exact)
    formula = _widened(_formulas([members[0][0] for members in near], texts), near)
    found: list[tuple[Sameness, _Group]] = [("exact", group) for group in exact]
    found += [("near", group) for group in _grown(near, exact)]
    found += [("formula", group) for group in _grown(formula, near)]
    family = {at: number for number, group in enumerate(formula) for at, _ in group}
    clusters = [
        _cluster(kind, group, [texts[at] for at, _ in group]) for kind, group in found if len(group) > 1
    ]
    clusters += _repeats(given, texts)
    clusters += _edges("opener", texts, filled, family)
    clusters += _edges("closer", texts, filled, family)
    return tuple(sorted(clusters, key=lambda c: (KINDS.index(c.kind), -len(c.members), c.members)))


def _groups_by(places: Iterable[int], key: Callable[[int], Hashable]) -> list[_Group]:
    """Return the places with equal keys together, each group and the groups in library order."""
    groups: dict[Hashable, _Group] = defaultdict(list)
    for at in places:
        groups[key(at)].append((at, 1.0))
    return list(groups.values())


def _widened(groups: Iterable[_Group], finer: Iterable[_Group]) -> list[_Group]:
    """Return `groups` with each member standing for all of its finer group."""
    stands_for = {members[0][0]: members for members in finer}
    return [
        sorted((other, min(similarity, own)) for at, similarity in group for other, own in stands_for[at])
        for group in groups
    ]


def _grown(groups: Iterable[_Group], finer: Iterable[_Group]) -> list[_Group]:
    """Return the `groups` that hold more than the finer group that their first member began."""
    before = {members[0][0]: len(members) for members in finer}
    return [group for group in groups if len(group) > before[group[0][0]]]


def _near(places: Sequence[int], texts: Sequence[Wording]) -> list[_Group]:
    words = [texts[at].words for at in places]
    return _around_leaders(places, words, 3, NEAR, lambda first, second, jaccard: jaccard)


def _formulas(places: Sequence[int], texts: Sequence[Wording]) -> list[_Group]:
    """Return `places` grouped by skeleton: most words stand in both texts in the same order."""
    long = [at for at in places if len(texts[at].words) >= MIN_FORMULA_WORDS]

    def in_order(first: int, second: int, jaccard: float) -> float:
        one, other = texts[first].words, texts[second].words
        similarity = common_length(one, other) / max(len(one), len(other))
        return similarity if similarity >= FORMULA else 0.0

    grouped = _around_leaders(long, [texts[at].words for at in long], 2, FORMULA_FLOOR, in_order)
    return grouped + [[(at, 1.0)] for at in places if len(texts[at].words) < MIN_FORMULA_WORDS]


def _around_leaders(
    places: Sequence[int],
    words: Sequence[Sequence[str]],
    size: int,
    floor: float,
    similarity: Callable[[int, int, float], float],
) -> list[_Group]:
    """Return `places` in groups: each joins the group whose first member it is most similar to, or begins one.

    Parameters
    ----------
    size, floor
        Only pairs whose runs of `size` words have at least this Jaccard similarity are compared.
    similarity
        Of two places, given their Jaccard similarity too; 0 for no.
    """
    groups: dict[int, _Group] = {}  # by row of the leader
    if not places:
        return []
    matrix = shingle_matrix(words, size)
    sizes = np.diff(matrix.indptr)
    for start in range(0, len(places), _BLOCK):
        block = matrix[start : start + _BLOCK]
        # Whoever may lead: the leaders so far, and everything in the block itself.
        rows = np.array([*groups, *range(start, start + block.shape[0])])
        common = (block @ matrix[rows].T).tocsr()
        for offset in range(block.shape[0]):
            row = start + offset
            span = slice(common.indptr[offset], common.indptr[offset + 1])
            others, counts = rows[common.indices[span]], common.data[span]
            jaccard = counts / (sizes[row] + sizes[others] - counts)
            best: tuple[float, int] = (0.0, 0)
            for at in np.flatnonzero((jaccard >= floor) & (others < row)):
                other = int(others[at])
                if other in groups:
                    value = similarity(places[other], places[row], float(jaccard[at]))
                    best = max(best, (value, -other))
            if best[0] > 0:
                groups[-best[1]].append((places[row], best[0]))
            else:
                groups[row] = [(places[row], 1.0)]
    return list(groups.values())


def _repeats(drafts: Sequence[Draft], texts: Sequence[Wording]) -> Iterator[Cluster]:
    """Yield follow-ups that say again what stood in their earlier message or in a first message of the library."""
    later = [at for at, draft in enumerate(drafts) if _is_follow_up(draft) and texts[at].words]
    first = [at for at, draft in enumerate(drafts) if not _is_follow_up(draft) and texts[at].words]
    for at in later:
        for text in drafts[at].earlier:
            earlier = Wording.of(text)
            share = shares([texts[at].words], [earlier.words], 3)[0, 0]
            if share >= REPEAT:
                yield _cluster("repeat", [(at, share)], [texts[at], earlier])
    alone = [at for at in later if not drafts[at].earlier]
    if not alone or not first:
        return
    table = shares([texts[at].words for at in alone], [texts[at].words for at in first], 3)
    for row, at in enumerate(alone):
        line = table[row]
        best = int(line.argmax())
        if line[0, best] >= REPEAT:
            group = [(first[best], 1.0), (at, float(line[0, best]))]
            yield _cluster("repeat", group, [texts[at], texts[first[best]]])


def _is_follow_up(draft: Draft) -> bool:
    return draft.stage == "follow_up" or bool(draft.earlier)


def _edges(
    kind: Literal["opener", "closer"],
    texts: Sequence[Wording],
    filled: Sequence[int],
    family: Mapping[int, int],
) -> Iterator[Cluster]:
    """Yield the drafts of different families whose first or last sentence is the same."""
    sentences = {
        at: texts[at].sentences[0 if kind == "opener" else -1] for at in filled if texts[at].sentences
    }
    long = [at for at, sentence in sentences.items() if len(sentence.words) >= MIN_WORDS]
    cut = OPENER_WORDS if kind == "opener" else None
    for group in _groups_by(long, lambda at: sentences[at].words[:cut]):
        if len({family[at] for at, _ in group}) > 1:
            yield _cluster(kind, group, [sentences[at] for at, _ in group])


def _cluster(kind: Sameness, group: _Group, texts: Sequence[Wording]) -> Cluster:
    members = tuple(at for at, _ in group)
    return Cluster(kind, members, round(min(s for _, s in group), 4), shared_words(texts))
