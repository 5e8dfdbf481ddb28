from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scorer.offsets import Alignment, LineIndex, code_point_offset, utf16_offset

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXT)
def test_utf16_offset_counts_what_utf16_encoding_counts(text: str):
    for index in range(len(text) + 1):
        assert utf16_offset(text, index) == len(text[:index].encode("utf-16-le")) // 2


@given(TEXT)
def test_code_point_offset_is_the_inverse(text: str):
    for index in range(len(text) + 1):
        assert code_point_offset(text, utf16_offset(text, index)) == index


def test_an_offset_inside_a_surrogate_pair_is_the_pair():
    assert code_point_offset("a🌅b", 2) == 1


def test_lines_end_at_any_line_end():
    lines = LineIndex("ab\r\nc\rd\ne")
    assert [lines.position(i) for i in (0, 4, 6, 8)] == [(1, 1), (2, 1), (3, 1), (4, 1)]
    assert lines.index(2, 1) == 4
    assert lines.index(99, 1) == 9


def test_alignment_leads_back_over_what_was_dropped():
    alignment = Alignment([0, 3, 4], [1, 4, 5])  # "a\u200b\u200bbc" -> "abc"
    assert alignment.span(0, 2) == (0, 4)
    assert alignment.span(3, 3) == (5, 5)
    assert alignment.derived(3) == 1
