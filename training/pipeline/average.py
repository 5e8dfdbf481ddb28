"""Write the mean of several runs' nets: steadier than any of them, where they went on from one another."""

import argparse
from pathlib import Path

import spacy
from nets import fast_math, save


def main() -> None:
    """Average the weights of every trained component."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    args = parser.parse_args()
    fast_math()
    nlp, *others = (spacy.load(run) for run in args.runs)
    for name, component in nlp.pipeline:
        mine = getattr(component, "model", None)
        if mine is None:
            continue
        models = (mine, *(other.get_pipe(name).model for other in others))  # type: ignore[attr-defined]
        for nodes in zip(*(model.walk() for model in models), strict=True):
            for param in nodes[0].param_names:
                if nodes[0].has_param(param) is True:
                    total = sum(node.get_param(param) for node in nodes)
                    nodes[0].set_param(param, total / len(nodes))
    save(nlp, args.out)


if __name__ == "__main__":
    main()
