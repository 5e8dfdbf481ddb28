"""Variables and tests as a dialect writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.templates.names import STYLES

if TYPE_CHECKING:
    from scorer.templates.dialects import Dialect


def write_name(dialect: Dialect, words: tuple[str, ...], name: str) -> str:
    """Return the variable's name as `dialect` writes it, prefix included.

    Parameters
    ----------
    words
        The words of the name.
    name
        The canonical name, for dialects with words of their own.
    """
    own = dialect.names.get(name) if "_".join(words) == name else None
    if own is not None:
        return own if "." in own else dialect.prefix + own
    return dialect.prefix + STYLES[dialect.style].join(words)


def write_variable(
    dialect: Dialect,
    words: tuple[str, ...],
    name: str,
    *,
    raw: str | None = None,
    fallback: str | None = None,
    filters: tuple[str, ...] = (),
    late: tuple[str, ...] = (),
    padding: str | None = None,
) -> str:
    """Return a whole variable as `dialect` writes it; `raw` takes the place of the name made from `words`."""
    pad = dialect.pad if padding is None else padding
    inner = raw if raw is not None else write_name(dialect, words, name)
    inner += "".join(f" | {item}" for item in filters)
    if fallback is not None and dialect.fallback:
        before, after = dialect.fallback[0]
        inner += before + fallback + after + "".join(f" | {item}" for item in late)
    tag = f"{dialect.opening}{pad}{inner}{pad}{dialect.closing}"
    if fallback is not None and dialect.wrapped is not None:
        return f"{{{{{dialect.wrapped}|{tag}|{fallback}}}}}"
    return tag
