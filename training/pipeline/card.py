"""Write the figures into the artefact: meta.json and the model card; the manifest is made anew."""

import argparse
import json
from pathlib import Path
from typing import Any

from assemble import SOURCES, write_manifest

HERE = Path(__file__).parent


def table(scores: dict[str, dict[str, float]]) -> list[str]:
    """Set the scores as Markdown, one line a test set."""
    lines = ["| test set | scores |", "| --- | --- |"]
    for name, row in scores.items():
        cells = ", ".join(
            f"{key} {value:.0f}" if key == "drafts" else f"{key} {value:.1f}" for key, value in row.items()
        )
        lines.append(f"| {name} | {cells} |")
    return lines


def main() -> None:
    """Write meta.json, card.md and manifest.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("scores", type=Path, nargs="+", help="files of evaluate.py, one a split")
    args = parser.parse_args()
    scores: dict[str, Any] = {}
    for path in args.scores:
        scores.update(json.loads(path.read_text(encoding="utf-8")))
    meta_path = args.model / "meta.json"
    meta = json.loads(meta_path.read_text(encoding="utf-8"))
    rounded = {
        split: {n: {k: round(v, 2) for k, v in r.items()} for n, r in t.items()}
        for split, t in scores.items()
    }
    meta["performance"] = rounded
    meta_path.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    parts = [
        (HERE / "card_head.md").read_text(encoding="utf-8").replace("VERSION", meta["version"]).strip(),
        "",
    ]
    for split in sorted(scores, reverse=True):
        parts += [f"### {split.capitalize()} sets", "", *table(scores[split]), ""]
    parts += [(HERE / "card_tried.md").read_text(encoding="utf-8").strip(), "", "## Sources", ""]
    parts += [f"- [{s['name']}]({s['url']}): {s['license']}" for s in SOURCES]
    (args.model / "card.md").write_text("\n".join(parts) + "\n", encoding="utf-8")
    write_manifest(args.model, meta["version"])


if __name__ == "__main__":
    main()
