"""``python -m scorer`` is ``score-draft``."""

from scorer.cli import main

if __name__ == "__main__":
    main()
