"""Write the mean of two runs' entity nets: steadier than either, where the second went on from the first."""

import argparse
from pathlib import Path

import spacy
from nets import fast_math


def main() -> None:
    """Average the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    fast_math()
    nlp, other = spacy.load(args.first), spacy.load(args.second)
    models = (pipeline.get_pipe("ner").model for pipeline in (nlp, other))  # type: ignore[attr-defined]
    for mine, theirs in zip(*(model.walk() for model in models), strict=True):
        for name in mine.param_names:
            if mine.has_param(name) is True:
                mine.set_param(name, (mine.get_param(name) + theirs.get_param(name)) / 2)
    nlp.to_disk(args.out)


if __name__ == "__main__":
    main()
