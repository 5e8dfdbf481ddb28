"""``python -m training.quality``: from the rated drafts to the readers' head and the quality classifier."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scorer.errors import ScorerError
from training.quality.data import load
from training.quality.train import run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.quality", description=__doc__)
    parser.add_argument("--drafts", type=Path, default=ROOT / "data" / "drafts")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--test", action="store_true", help="measure the test authors too: once, at the end")
    parser.add_argument("--quick", action="store_true", help="skip the comparison and the learning curve")
    args = parser.parse_args()
    try:
        train, test = load(args.drafts).split()
        report = run(train, test if args.test else None, args.models, compare=not args.quick)
    except ScorerError as error:
        print(error, file=sys.stderr)
        return 2
    head, asked = ((HERE / name).read_text(encoding="utf-8") for name in ("card_head.md", "card_goals.md"))
    (args.models / "quality" / "card.md").write_text(f"{head}\n{report}\n{asked}", encoding="utf-8")
    print(report)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
