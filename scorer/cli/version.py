"""What ``--version`` says."""

from importlib.metadata import PackageNotFoundError, version


def version_line() -> str:
    """Return name and version of the installed distribution."""
    try:
        return f"score-draft {version('score-draft')}"
    except PackageNotFoundError:
        return "score-draft (not installed)"
