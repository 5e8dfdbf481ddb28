"""``python -m training.rules``: measure every rule on the rated drafts and write ``scorer/rules/measured.csv``.

Hits are counted over all training drafts, with every rule on. A hit is right or wrong by the verdict given on it in
``verdicts.csv``: same draft, same rule, and a place that overlaps. Hits without a verdict are counted, not judged.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

from scorer import Scorer
from scorer.config import Config
from scorer.errors import InputError, ScorerError
from scorer.rules import RULES, RuleSettings
from scorer.schema import Finding
from training.quality.data import TEST_AUTHORS, read_drafts

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


def measure(folder: Path) -> list[tuple[str, int, int, int, int]]:
    """Return code, drafts, hits, hits judged and hits judged right, for every rule."""
    verdicts = read_verdicts(folder / "verdicts.csv")
    drafts = [draft for draft, author in read_drafts(folder) if author not in TEST_AUTHORS]
    scorer = Scorer.load(config=Config(rules=RuleSettings(select=("ALL",))))
    hits: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for report in scorer.score_many(drafts, suggestions=False):
        for finding in report.findings:
            hits[finding.code] += 1
            verdict = verdict_on(finding, verdicts.get((report.draft.id or "", finding.code), []))
            if verdict is not None:
                judged[finding.code] += 1
                right[finding.code] += verdict
    return [(rule.code, len(drafts), hits[rule.code], judged[rule.code], right[rule.code]) for rule in RULES]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.rules", description=__doc__)
    parser.add_argument("--drafts", type=Path, default=ROOT / "data" / "drafts")
    parser.add_argument("--to", type=Path, default=ROOT / "scorer" / "rules" / "measured.csv")
    args = parser.parse_args()
    try:
        rows = measure(args.drafts)
    except ScorerError as error:
        print(error, file=sys.stderr)
        return 2
    with args.to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "drafts", "hits", "judged", "right"))
        writer.writerows(rows)
    by_code = {rule.code: rule for rule in RULES}
    for code, n_drafts, hits, judged, right in rows:
        precision = f"{right / judged:.2f} of {judged}" if judged else "not judged"
        rule = by_code[code]
        state = rule.severity.value if rule.default else "off"
        print(f"{code} {1000 * hits / n_drafts:6.1f} per 1,000  {precision:>15}  {state:7} {rule.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
