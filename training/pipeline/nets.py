"""The two pipelines that are trained apart and shipped together: syntax and entities."""

import json
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import LOWER
from spacy.language import Language
from spacy.util import fix_random_seed
from thinc.api import NumpyOps, set_current_ops

from scorer.parse.components import BOUNDARIES
from scorer.parse.tokenization import TOKENIZER

# Transitions learnt at a stretch: short ones train faster, since more run side by side.
_CUT = 40


def _embed(width: int, depth: int, rows: tuple[int, ...], vectors: bool, pieces: int = 3) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": ["LOWER", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": list(rows),
            "include_static_vectors": vectors,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": width,
            "depth": depth,
            "window_size": 1,
            "maxout_pieces": pieces,
        },
    }


def _blank() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


def _listener(width: int) -> dict[str, Any]:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "tok2vec"}


def _tagger(width: int) -> dict[str, Any]:
    return {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": _listener(width)}


def _transitions(kind: str, hidden: int, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }


def syntax_net(
    width: int = 96,
    depth: int = 4,
    rows: tuple[int, ...] = (6000, 1000, 3000, 2000),
    hidden: int = 64,
    vectors: bool = False,
) -> Language:
    """Tags, morphology, trees and lemmas on one shared encoder."""
    nlp = _blank()
    nlp.add_pipe(BOUNDARIES)
    nlp.add_pipe("tok2vec", config={"model": _embed(width, depth, rows, vectors)})
    nlp.add_pipe("tagger", config={"model": _tagger(width)})
    nlp.add_pipe("morphologizer", config={"model": _tagger(width)})
    nlp.add_pipe(
        "parser",
        config={
            "model": _transitions("parser", hidden, _listener(width)),
            "min_action_freq": 20,
            "update_with_oracle_cut_size": _CUT,
        },
    )
    nlp.add_pipe(
        "trainable_lemmatizer",
        config={"model": _tagger(width), "backoff": "orth", "min_tree_freq": 3, "top_k": 1},
    )
    return nlp


def entities_net(
    width: int = 96,
    depth: int = 4,
    rows: tuple[int, ...] = (8000, 500, 3500, 1500),
    hidden: int = 64,
    vectors: bool = False,
) -> Language:
    """Entities on an encoder of their own, inside the component."""
    nlp = _blank()
    nlp.add_pipe(
        "ner",
        config={
            "model": _transitions("ner", hidden, _embed(width, depth, rows, vectors)),
            "moves": None,
            "update_with_oracle_cut_size": _CUT,
        },
    )
    return nlp


def fast_math() -> None:
    """Multiply matrices with numpy's BLAS, up to three times as fast as thinc's own; fix the seeds."""
    fix_random_seed(0)
    set_current_ops(NumpyOps(use_blis=False))


def save(nlp: Language, path: Path) -> None:
    """Write a pipeline whose word vectors are looked up in lower case.

    spaCy 3.8 honours that setting when it loads plain vectors, and leaves it out when it writes them.
    """
    nlp.to_disk(path)
    mark_lower_case(path / "vocab")


def mark_lower_case(folder: Path) -> None:
    """Say in a folder of vectors that their keys are lower-cased words."""
    settings = json.loads((folder / "vectors.cfg").read_text(encoding="utf-8"))
    (folder / "vectors.cfg").write_text(json.dumps({**settings, "attr": LOWER}) + "\n", encoding="utf-8")
