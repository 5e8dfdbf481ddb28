"""The figures as tables: RESULTS.md for all heads, and one card per head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from training.heads.common import Figure, Trained

_KINDS = {
    "train": "held-out folds of training corpora",
    "test": "test split, used for the figure alone",
    "measure": "corpus or texts that never train",
}


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first row is its head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


def figures(found: Sequence[Figure]) -> str:
    head = ("figure", "data", "ours", "naive", "published", "goal", "reached")
    rows = [
        (
            f.what,
            f.data,
            f"{f.ours:.4f}",
            f.naive,
            f.published,
            f.goal.replace("<", "≤").replace(">", "≥").replace("=", ""),
            f.reached,
        )
        for f in found
    ]
    return table([head, *rows])


def results(
    trained: Mapping[str, Trained], lengths: Sequence[Sequence[str]], names: Sequence[Sequence[str]]
) -> str:
    """Return RESULTS.md."""
    parts = [
        "# Heads: figures as measured",
        "Written by `python -m training.heads`. All figures are of the shipped form (pruned, half "
        "precision). "
        + "; ".join(f"*{kind}*: {what}" for kind, what in _KINDS.items())
        + ". Naive: TF-IDF of words and word pairs with logistic or ridge regression. Published figures are "
        "quoted from the corpora's notes, from memory of the papers, and were not read again.",
    ]
    for name, result in trained.items():
        parts += [f"## {name}", figures(result.figures)]
        for title, rows in result.tables.items():
            parts += [f"### {title}", table(rows)]
    parts += [
        "## Length",
        "The 480 synthetic e-mails (10 to 300 words): rank correlation of each head with the number of words, and "
        "mean change of its probability from an e-mail's first quarter to the whole.",
        table(lengths),
        "## Names",
        "36 first names of four perceived groups in six harmless texts: largest difference between two groups' mean "
        "probability, and largest change of one text by its name. Names inside a sentence leave no n-gram; what "
        "is left is the length of words, and names at a sentence's start or on the sign-off's line.",
        table(names),
    ]
    return "\n\n".join(parts) + "\n"


def card(name: str, result: Trained) -> str:
    """Return the model card of one head."""
    head, recipe = result.head, result.recipe
    outputs = ", ".join(
        f"`{output}` (threshold {threshold:.3f})"
        for output, threshold in zip(head.outputs, head.threshold.tolist(), strict=True)
    )
    parts = [
        f"# Head `{name}`",
        f"Outputs: {outputs}, calibrated probabilities from 0 to 1, for one {head.unit}. A linear "
        "model over hashed "
        f"n-grams and cues ({recipe.loss} loss, penalty {recipe.penalty:g}, {len(head.keys):,} keys "
        "kept, half "
        "precision). Holds no words of the corpora, only 32-bit hashes.",
        f"**Data.** {result.data}",
        figures(result.figures),
        *(
            f"**{title}** (measured on texts that never train)\n\n{table(rows)}"
            for title, rows in result.tables.items()
        ),
        f"**Limits.** {result.limits}",
        "Naive: TF-IDF with logistic or ridge regression. Published figures are quoted from memory "
        "and were not read "
        "again. *train*: held-out folds; *test*: a test split used for the figure alone; *measure*: "
        "never trains.",
    ]
    return "\n\n".join(parts) + "\n"
