"""Who somebody is across rows and files, and the keyed hash under which the table knows them.

What the hash protects from: a table that is shared, mailed or opened shows no name and no profile address,
and nobody without the salt can tell whether a person is in it. What it does not: whoever holds the salt
too can try out names and addresses one by one, and a message's text may name its reader.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from scorer.errors import InputError

SALT_FILE = ".score-draft-salt"
_SALT_BYTES, _DIGEST_BYTES = 32, 12
CLOSED_ACCOUNT = "linkedin member"

_ADDRESS = re.compile(
    r"^(?:https?://)?(?:[\w-]+\.)*(?P<host>linkedin\.com)(?P<path>/[^?#]*)(?:[?#].*)?$", re.IGNORECASE
)
# What stands behind a comma after a name and is no name of its own.
_CREDENTIAL = re.compile(
    r"(?:(?:Ph\.?\s?D|M\.?D|D\.?O|J\.?D|Ed\.?D|D\.?B\.?A|M\.?B\.?A|E\.?M\.?B\.?A|M\.?S\.?c?|B\.?S\.?c?|M\.?A|B\.?A|M\.?Ed"
    r"|M\.?P\.?H|M\.?P\.?A|M\.?Eng|B\.?Eng|LL\.?[MB]|R\.?N|Dr|Prof|P\.?E|P\.?Eng|CPA|CFA|CFP|CISSP|CISA|CISM|PMP|SPHR|PHR"
    r"|SHRM-S?CP|CSM|CSPO|PCC|ACC|MCC|FRM|ACCA|FCCA|ACA|FCA|CA|CMA|CIA|CSCP|CPIM|AICP|AIA|LEED AP|ITIL|Six Sigma|MRICS"
    r"|FRSA|MBE|OBE|CBE|PharmD|Founder|Esq|Jr|Sr|II|III|IV)\.?[®™]?)(?:\s*[/&-]\s*[A-Z.]{2,6})*",
    re.IGNORECASE,
)  # fmt: skip


# Other letters behind a name ("LCSW", "CEng"), and pronouns.
_LETTERS = re.compile(r"(?=.{2,8}$)(?:[A-Z]\.?[a-z]?\.?)+|\w{1,5}/\w{1,6}")


def _is_credential(part: str) -> bool:
    return _CREDENTIAL.fullmatch(part) is not None or _LETTERS.fullmatch(part) is not None


def profile_key(address: str) -> str | None:
    """Return what two spellings of one profile address have in common; None for no address.

    Scheme, country host, query, closing slash, percent-encoding and case make no difference.
    """
    address = address.strip()
    if not address:
        return None
    found = _ADDRESS.match(address)
    path = unquote(found["path"] if found else re.sub(r"^https?://(?:www\.)?", "", address))
    return unicodedata.normalize("NFKC", path).casefold().strip("/") or None


def name_key(name: str) -> str | None:
    """Return what two spellings of one name have in common; None for an empty name or a closed account."""
    parts = [part.strip() for part in unicodedata.normalize("NFKC", name).split(",")]
    kept = [part for index, part in enumerate(parts) if part and not (index and _is_credential(part))]
    key = " ".join(" ".join(kept).casefold().split())
    return None if not key or key == CLOSED_ACCOUNT else key


def split_names(names: str, known: Collection[str] = ()) -> list[str]:
    """Return the single names in `names`, which LinkedIn joins by ``, `` although names hold commas too.

    Parameters
    ----------
    known
        Names seen elsewhere, whole; the longest stretch that is one of them is one name.
    """
    parts = [part.strip() for part in names.split(",") if part.strip()]
    found: list[str] = []
    while parts:
        size = next((n for n in range(len(parts), 1, -1) if ", ".join(parts[:n]) in known), 1)
        # People on LinkedIn have two names; one word behind a comma belongs to the name before.
        while size < len(parts) and (_is_credential(parts[size]) or " " not in parts[size]):
            size += 1
        found.append(", ".join(parts[:size]))
        parts = parts[size:]
    return found


@dataclass(slots=True)
class Directory:
    """Who is known by which name.

    Attributes
    ----------
    profiles
        Profile keys by name key.
    names
        Name keys by profile key.
    whole
        Names with commas as written, to tell where one name ends in a list of names.
    """

    profiles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    whole: set[str] = field(default_factory=set)

    def learn(self, name: str, profile: str | None) -> None:
        """Take note of a name as written and the profile it belongs to, if that is known."""
        key = name_key(name)
        if key is None:
            return
        if "," in name:
            self.whole.add(name.strip())
        if profile:
            self.profiles[key].add(profile)
            self.names[profile].add(key)

    def person(self, profile: str | None, name: str) -> str | None:
        """Return the key of a person: the profile, known or looked up by an unambiguous name, else the name."""
        if profile:
            return profile
        key = name_key(name)
        known = self.profiles.get(key, set()) if key else set()
        return next(iter(known)) if len(known) == 1 else key

    def aliases(self, person: str) -> set[str]:
        """Return the names that the profile `person` goes by."""
        return self.names.get(person, set())


@dataclass(frozen=True, slots=True)
class Hasher:
    """Keyed hashes of people, under a random salt that lies in the folder of the table.

    Attributes
    ----------
    salt
        Secret of this folder; without it the hashes say nothing.
    """

    salt: bytes

    @classmethod
    def beside(cls, table: Path) -> Hasher:
        """Return the hasher of the folder that `table` lies in; a new salt is not written before `keep`.

        Raises
        ------
        InputError
            The salt there can't be read or is damaged, or is missing although the table is there.
        """
        path = table.resolve().parent / SALT_FILE
        try:
            salt = bytes.fromhex(path.read_text("ascii"))
        except FileNotFoundError:
            if table.exists():
                raise InputError(
                    f"{path}: missing; without it people can't be found in the table beside it. Put it back from a "
                    "copy, or remove the table and read the sources again"
                ) from None
            return cls(secrets.token_bytes(_SALT_BYTES))
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None
        except ValueError:
            salt = b""
        if len(salt) != _SALT_BYTES:
            raise InputError(
                f"{path}: damaged; without it people can't be found in the tables beside it. Put it back from a "
                "copy, or remove it and the tables and read the sources again"
            )
        return cls(salt)

    def keep(self, table: Path) -> None:
        """Write the salt into the folder of `table`, unless one is there, readable by its owner alone.

        Raises
        ------
        InputError
            The place can't be written.
        """
        path = table.resolve().parent / SALT_FILE
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror}") from None
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(self.salt.hex())

    def person(self, key: str) -> str:
        """Return the hash of a person's `profile_key` or `name_key`."""
        return self.digest("person", key)

    def digest(self, *parts: str) -> str:
        """Return the keyed hash of `parts`."""
        joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(joined, key=self.salt, digest_size=_DIGEST_BYTES).hexdigest()
