"""Make the language pipeline from the data folder: vectors, two nets, places, artefact, figures, card.

Run from the repository root, with its folder on the path and one core's worth of patience (some eleven hours):

    OMP_NUM_THREADS=1 PYTHONPATH=. python training/pipeline DATA --corpora CORPORA --work WORK
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def stage(name: str, *arguments: object) -> None:
    """Run one stage in an interpreter of its own."""
    print(f"== {name}", flush=True)
    subprocess.run([sys.executable, str(HERE / f"{name}.py"), *map(str, arguments)], check=True)


def main() -> None:
    """Run all stages in order."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder with the treebanks, entity corpora and name lists")
    parser.add_argument("--corpora", type=Path, required=True, help="folder with the open texts")
    parser.add_argument("--drafts", type=Path, default=Path("data/drafts"), help="folder of the rated drafts")
    parser.add_argument("--work", type=Path, required=True, help="folder for what lies between the stages")
    parser.add_argument("--out", type=Path, default=Path("models/en_draft"))
    parser.add_argument("--version", default="0.7.0")
    args = parser.parse_args()
    work = args.work
    work.mkdir(parents=True, exist_ok=True)
    stage("vectors", args.data, args.corpora, work / "vectors")
    vectors = ("--vectors", work / "vectors")
    names = ("--corpora", args.corpora)
    stage("train_syntax", args.data, work / "syntax1", *vectors)
    again = ("--start", work / "syntax1", "--rate", 0.0008, "--dropout", 0.15, "--epochs", 4, "--seed", 2)
    stage("train_syntax", args.data, work / "syntax2", *vectors, *again)
    # A larger net, which begins with a pretrained encoder, reads open text for the small one to learn from.
    drafts = ("--corpora", args.corpora, "--drafts", args.drafts)
    stage("train_teacher", "syntax", args.data, work / "teacher", "--epochs", 3)
    silver = work / "silver.jsonl.gz"
    stage("silver", args.data, silver, "--syntax", work / "teacher", *drafts)
    silver = ("--silver", silver)
    again = ("--start", work / "syntax2", "--epochs", 8, "--seed", 5)
    stage("train_syntax", args.data, work / "syntax3", *vectors, *silver, *again)
    again = ("--start", work / "syntax3", "--rate", 0.0007, "--dropout", 0.15, "--epochs", 4, "--seed", 6)
    stage("train_syntax", args.data, work / "syntax4", *vectors, *silver, *again)
    again = ("--start", work / "syntax4", "--rate", 0.0008, "--epochs", 4, "--seed", 15)
    stage("train_syntax", args.data, work / "syntax5", *silver, *again)
    # Three times two runs side by side, each pass over another half of the silver texts; their mean goes on.
    before = work / "syntax5"
    for mean, seeds, dropout in (
        ("syntax6", (16, 17), ()),
        ("syntax7", (18, 19), ()),
        ("syntax8", (20, 21), ("--dropout", 0.05)),
    ):
        runs = [work / f"{mean}-{seed}" for seed in seeds]
        for run, seed in zip(runs, seeds, strict=True):
            again = ("--start", before, "--rate", 0.0008, "--epochs", 4, "--share", 0.5, "--seed", seed)
            stage("train_syntax", args.data, run, *silver, *again, *dropout)
        before = work / mean
        stage("average", before, *runs)
    stage("starts", args.data, before, work / "starts")
    stage("train_entities", args.data, work / "entities1", *vectors, *names)
    again = ("--start", work / "entities1", "--rate", 0.0005, "--nameless", 0.8, "--epochs", 3, "--seed", 2)
    stage("train_entities", args.data, work / "entities2", *vectors, *names, *again)
    # Drafts in which names are marked join in, their names exchanged from pass to pass.
    names = (*names, "--drafts", args.drafts, "--nameless", 0.6)
    again = ("--start", work / "entities2", "--rate", 0.0007, "--epochs", 5, "--synthetic", 5000, "--seed", 7)
    stage("train_entities", args.data, work / "entities3", *vectors, *names, *again)
    again = ("--start", work / "entities3", "--rate", 0.0009, "--epochs", 8, "--seed", 8)
    stage("train_entities", args.data, work / "entities4", *vectors, *names, *again)
    again = ("--start", work / "entities4", "--rate", 0.0009, "--epochs", 8, "--seed", 9)
    stage("train_entities", args.data, work / "entities5", *vectors, *names, *again)
    stage("average", work / "entities", work / "entities4", work / "entities5")
    places = work / "places.npz"
    stage("places", args.data, places, "--corpora", args.corpora)
    nets = (before, work / "entities", places, work / "starts")
    stage("assemble", *nets, args.out, "--version", args.version)
    marked = ("--drafts", args.drafts / "drafts.jsonl", "--spans", args.drafts / "spans.jsonl")
    stage("evaluate", args.data, args.out, "--split", "test", *marked, "--out", work / "test.json")
    stage("card", args.out, work / "test.json")


if __name__ == "__main__":
    main()
