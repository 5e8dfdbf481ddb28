"""Templates: the dialects of their placeholders, and how they read once they are filled in.

`parse` reads a template of a known dialect, `infer` finds the dialect, `check` finds what is wrong with the
placeholders, `render` fills them in, and `score_template` scores a template as its readers will see it.
"""

from __future__ import annotations

from scorer.templates.assessment import score_template
from scorer.templates.checks import check
from scorer.templates.dialects import DIALECTS, TOOLS, Dialect, dialect_of
from scorer.templates.inference import Inference, infer, infer_library
from scorer.templates.reading import parse
from scorer.templates.recipients import Recipients, built_in
from scorer.templates.rendering import count, render
from scorer.templates.report import TemplateFinding, TemplateReport
from scorer.templates.swap import SwapTest, swap_test
from scorer.templates.syntax import Template, variables

__all__ = [
    "DIALECTS", "TOOLS", "Dialect", "Inference", "Recipients", "SwapTest", "Template", "TemplateFinding",
    "TemplateReport", "built_in", "check", "count", "dialect_of", "infer", "infer_library", "parse", "render",
    "score_template", "swap_test", "variables",
]  # fmt: skip
