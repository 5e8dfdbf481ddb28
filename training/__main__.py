"""``python -m training --corpora PATH``: remake the heads, the quality classifier and every page on them.

The language pipeline comes first and has its own command (``training/pipeline/README.md``): it takes hours. This takes about
half an hour on one core. Seeds are fixed; the same data give the same predictions.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def stages(corpora: Path, drafts: Path) -> list[list[str]]:
    """Return the commands in order: each reads what those before it wrote."""
    data = ["--drafts", str(drafts)]
    return [
        ["training.heads", "--corpora", str(corpora)],
        ["training.heads.roles", *data],
        ["training.quality", *data, "--test"],
        ["training.behaviour"],
        ["training.rules", *data],
        ["training.suggestions", *data],
        ["training.quality.fresh", *data],
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with one sub-folder per corpus")
    parser.add_argument("--drafts", type=Path, default=ROOT / "data" / "drafts")
    parser.add_argument("--dry-run", action="store_true", help="show the commands alone")
    args = parser.parse_args()
    for stage in stages(args.corpora.resolve(), args.drafts.resolve()):
        print(f"== python -m {' '.join(stage)}", flush=True)
        if not args.dry_run and (code := subprocess.run([sys.executable, "-m", *stage], cwd=ROOT).returncode):
            return code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
