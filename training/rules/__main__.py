"""``python -m training.rules``: measure every rule on the rated drafts.

Writes ``scorer/rules/measured.csv`` and ``models/quality/findings.md``. Hits are counted over all training drafts, with
every rule on. A hit is right or wrong by the verdict given on it in ``verdicts.csv``: same draft, same rule, and a place
that overlaps. Hits without a verdict are counted, not judged. The rules that hang on the readers' head alone are judged by
the readers: right where they rated that scale at its middle or worse, the head not having seen the draft's author.

The other way round, weaknesses that an editor marked without seeing any remark (``spans.jsonl``) are found where a rule of
that meaning fires in the draft.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from scorer import Scorer
from scorer.config import Config
from scorer.errors import InputError, ScorerError
from scorer.parse.parser import Parser
from scorer.rules import RULES, RuleSettings
from scorer.rules.wording import READS_GENERIC, READS_LIKE_MASS_MAIL, READS_UNCLEAR, TONE_READS_OFF
from scorer.schema import Finding, ScoreReport
from training.quality.candidates import NAMES
from training.quality.data import Corpus, load, measured
from training.quality.train import with_held_out_wording
from training.rules.labels import RULES_FOR

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("id", "code", "where", "start", "end", "right")
Place = tuple[str, int, int] | None


def read_verdicts(path: Path) -> dict[tuple[str, str], list[tuple[Place, bool]]]:
    """Return the verdicts by draft and rule.

    Raises
    ------
    InputError
        The file or a column is missing.
    """
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder of the rated drafts with --drafts")
    verdicts: dict[tuple[str, str], list[tuple[Place, bool]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for column in COLUMNS:
            if column not in (reader.fieldnames or ()):
                raise InputError(f"{path}: column {column!r} is missing")
        for row in reader:
            place = (row["where"], int(row["start"]), int(row["end"])) if row["start"] else None
            verdicts[row["id"], row["code"]].append((place, row["right"] == "1"))
    return verdicts


def verdict_on(finding: Finding, given: list[tuple[Place, bool]]) -> bool | None:
    """Return the verdict on `finding`, None when it was not judged."""
    span = finding.span
    for place, right in given:
        if span is None or place is None:
            if span is None and place is None:
                return right
        elif place[0] == span.where and span.start < place[2] and place[1] < span.end:
            return right
    return None


# Rule on wording -> the rated scale, and whether a high rating is the bad one.
SCALE_OF = {
    READS_GENERIC.code: ("pers", False),
    READS_UNCLEAR.code: ("ask", False),
    TONE_READS_OFF.code: ("tone", False),
    READS_LIKE_MASS_MAIL.code: ("spam", True),
}
MIDDLE = 3.0
Row = tuple[str, int, int, int, int]


def reports_on(corpus: Corpus) -> list[ScoreReport]:
    """Return the reports on the drafts with every rule on."""
    scorer = Scorer.load(config=Config(rules=RuleSettings(select=("ALL",))))
    return list(scorer.score_many(corpus.drafts, suggestions=False))


def measure(
    reports: Sequence[ScoreReport], verdicts: Mapping[tuple[str, str], list[tuple[Place, bool]]]
) -> dict[str, Row]:
    """Return code, drafts, hits, hits judged and hits judged right, for every rule."""
    hits: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for report in reports:
        for finding in report.findings:
            hits[finding.code] += 1
            verdict = verdict_on(finding, verdicts.get((report.draft.id or "", finding.code), []))
            if verdict is not None:
                judged[finding.code] += 1
                right[finding.code] += verdict
    return {
        rule.code: (rule.code, len(reports), hits[rule.code], judged[rule.code], right[rule.code])
        for rule in RULES
    }


def measure_wording(corpus: Corpus, reports: Sequence[ScoreReport]) -> dict[str, Row]:
    """Return the same figures for the rules on wording, by the readers' ratings and the head's held-out values."""
    X, texts = measured(corpus, Parser.load())
    values = with_held_out_wording(corpus, X, texts)
    rows = {}
    for rule in (READS_GENERIC, READS_UNCLEAR, TONE_READS_OFF, READS_LIKE_MASS_MAIL):
        scale, high_is_bad = SCALE_OF[rule.code]
        column = values[:, NAMES.index(rule.reads[0])]
        limit = float(rule.options["limit"].default)
        fires = column > limit if high_is_bad else column < limit
        fires &= [
            report.score is not None and not any(f.code.startswith(rule.yields_to) for f in report.findings)
            for report in reports
        ]
        rating = corpus.scale(scale)
        bad = rating >= MIDDLE if high_is_bad else rating <= MIDDLE
        n = int(fires.sum())
        rows[rule.code] = (rule.code, len(reports), n, n, int((fires & bad).sum()))
    return rows


def found_by_label(folder: Path, reports: Sequence[ScoreReport]) -> dict[str, tuple[int, int]]:
    """Return for each label how many weaknesses were marked, and in how many of the drafts a fitting rule fires."""
    fired = {report.draft.id: {finding.code for finding in report.findings} for report in reports}
    marked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    with (folder / "spans.jsonl").open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            for label in {label for label, *_ in record.get("findings", ())}:
                marked[label] += 1
                fitting = RULES_FOR.get(label, ())
                found[label] += any(code.startswith(fitting) for code in fired[record["id"]] if fitting)
    return {label: (n, found[label]) for label, n in marked.most_common()}


def page(labels: Mapping[str, tuple[int, int]], rows: Mapping[str, Row]) -> str:
    """Return the Markdown page."""
    n, found = sum(n for n, _ in labels.values()), sum(found for _, found in labels.values())
    known = {label: counts for label, counts in labels.items() if label in RULES_FOR}
    reach = sum(n for n, _ in known.values())
    judged, right = sum(row[3] for row in rows.values()), sum(row[4] for row in rows.values())
    lines = [
        "# What the rules find, and what they miss", "",
        "Made by `python -m training.rules`. Drafts, marks and verdicts are machine-made, see the data card.", "",
        f"Of the findings that were judged, {right} of {judged} were right ({right / judged:.2f}); each rule's own share is "
        "shown by `score-draft explain CODE`.", "",
        f"An editor who saw no remark of the product marked {n} weaknesses. A rule of that meaning fires in the draft for "
        f"{found} of them ({found / n:.2f}); {n - reach} have no rule.", "",
        "| marked as | drafts | a rule fires in | share |", "| --- | --- | --- | --- |",
    ]  # fmt: skip
    lines += [f"| {label} | {n} | {found} | {found / n:.2f} |" for label, (n, found) in labels.items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.rules", description=__doc__)
    parser.add_argument("--drafts", type=Path, default=ROOT / "data" / "drafts")
    parser.add_argument("--to", type=Path, default=ROOT / "scorer" / "rules" / "measured.csv")
    parser.add_argument("--page", type=Path, default=ROOT / "models" / "quality" / "findings.md")
    args = parser.parse_args()
    try:
        corpus, _ = load(args.drafts).split()
        verdicts = read_verdicts(args.drafts / "verdicts.csv")
        reports = reports_on(corpus)
        rows = measure(reports, verdicts) | measure_wording(corpus, reports)
        labels = found_by_label(args.drafts, reports)
    except ScorerError as error:
        print(error, file=sys.stderr)
        return 2
    with args.to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "drafts", "hits", "judged", "right"))
        writer.writerows(rows.values())
    args.page.write_text(page(labels, rows), encoding="utf-8")
    by_code = {rule.code: rule for rule in RULES}
    for code, n_drafts, hits, judged, right in rows.values():
        precision = f"{right / judged:.2f} of {judged}" if judged else "not judged"
        rule = by_code[code]
        state = rule.severity.value if rule.default else "off"
        print(f"{code} {1000 * hits / n_drafts:6.1f} per 1,000  {precision:>15}  {state:7} {rule.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
