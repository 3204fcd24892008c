"""The gazetteer: places of the world by name, from GeoNames (CC BY 4.0), packaged by `gazetteer/build.py`."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from turnstone.errors import KnowledgeError
from turnstone.knowledge.digests import GAZETTEER, GAZETTEER_FILES, gazetteer_digest
from turnstone.knowledge.letters import PLAIN_LETTERS

Feature = Literal["city", "capital", "country", "admin1", "admin2", "region", "site", "continent"]

_COLUMNS: Final = ("geonames_id", "name", "feature", "country", "admin1", "latitude", "longitude", "population")
# GeoNames gives a territory a code of its own; in PLOVER it is part of its state, as in states.yaml
_STATES_OF_TERRITORIES = {
    **dict.fromkeys("AIA BMU VGB IOT CYM FLK GIB GGY IMN JEY MSR PCN SHN SGS TCA".split(), "GBR"),
    **dict.fromkeys("GUF PYF ATF GLP MTQ MYT NCL REU BLM MAF SPM WLF".split(), "FRA"),
    **dict.fromkeys("ABW BES CUW SXM ANT".split(), "NLD"),
    **dict.fromkeys("ASM GUM MNP PRI VIR UMI".split(), "USA"),
    **dict.fromkeys("CXR CCK NFK HMD".split(), "AUS"),
    **{"FRO": "DNK", "GRL": "DNK", "ALA": "FIN", "TKL": "NZL", "SJM": "NOR", "BVT": "NOR", "MAC": "CHN", "XKX": "KOS"},
}
# So many names are kept with what they were found to mean: news repeats them.
_REMEMBERED = 4096
_LETTERS = str.maketrans({**PLAIN_LETTERS, **dict.fromkeys("’‘ʻʼʹ′ʾʿ`´", "'"), **dict.fromkeys("‐‑‒–", "-")})


def fold(name: str) -> str:
    """The name without accents, with plain apostrophes, hyphens and single spaces; case stays."""
    marked = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return " ".join("".join(c for c in marked if not unicodedata.combining(c)).split())


def state_of(country: str) -> str:
    """PLOVER's code of the state that a place's country code belongs to: a territory's is that of its state."""
    return _STATES_OF_TERRITORIES.get(country, country)


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place of the gazetteer. Degrees are WGS 84, of an area those of a point in its middle, and None for names that
    only keep a town from being taken for them ("the West").

    `names` is how many it has here, which says how widely it is known. `feature` tells towns from countries, provinces
    (admin1), districts (admin2), regions and seas, and sites. `country` is ISO 3166 alpha-3, empty for what lies in
    several countries; `population` is 0 where unknown; `admin1` is the name of the state or province where known.
    """

    geonames_id: int | None
    name: str
    ascii_name: str
    feature: Feature
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    names: int = 1

    def is_called(self, name: str) -> bool:
        """Whether this is the place's own name, not one of its others."""
        return fold(name).lower() == self.ascii_name.lower()


class Gazetteer:
    """Places by name, from a folder of two Arrow files: `places.arrow`, a row a place, and `names.arrow`, all their
    names with the row each belongs to, in the order of their small letters.

    The files are mapped into memory: nothing is read before it is looked up, and processes share what is read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places, names = (_mapped(folder / name) for name in GAZETTEER_FILES)
        self._names, self._rows = names["name"], names["place"]
        self._remembered = lru_cache(_REMEMBERED)(self._search)

    def __len__(self) -> int:
        return int(self._places.num_rows)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the files, in hexadecimal."""
        return gazetteer_digest(self._folder)

    def lookup(self, name: str) -> tuple[PlaceEntry, ...]:
        """Every place of that name or other name, most populous first; none is no error.

        Accents and the kind of apostrophe do not matter. Case matters little ("BEIJING" is Beijing, "Rio De Janeiro" is
        Rio de Janeiro) except that words without any capital name nothing, nor do abbreviations shorter than four
        letters unless the gazetteer writes them so.
        """
        return self._remembered(name)

    def provinces(self) -> dict[int, str]:
        """The province of each place that has one, by GeoNames number."""
        column = self._places["admin1"]  # a name is read as text once, not for each of its towns
        names, at = column.dictionary.to_pylist(), column.indices.to_pylist()
        numbers = self._places["geonames_id"].to_pylist()
        return {number: names[place] for number, place in zip(numbers, at, strict=True) if number and names[place]}

    def state(self, country: str) -> PlaceEntry | None:
        """The place of a state or territory by its code, PLOVER's or ISO 3166 alpha-3; None where the map has none."""
        row = self._states.get(country)
        return None if row is None else self._entry(row)

    @cached_property
    def _states(self) -> dict[str, int]:
        kinds, codes = self._places["feature"], self._places["country"]
        of_states = np.flatnonzero(_numbers(kinds.indices) == kinds.dictionary.to_pylist().index("country"))
        rows = {codes[row].as_py(): row for row in of_states.tolist()}
        return {state_of(code): row for code, row in rows.items()} | rows

    def _search(self, name: str) -> tuple[PlaceEntry, ...]:
        folded = fold(name)
        if not any(c.isupper() for c in folded):
            return ()
        exactly = folded.isupper() and len(folded.replace(".", "")) < 4
        rows = {row for written, row in self._called(folded) if not exactly or written == folded}
        return tuple(sorted(map(self._entry, rows), key=lambda entry: (-entry.population, entry.geonames_id or 0)))

    def _called(self, name: str) -> Iterator[tuple[str, int]]:
        """The names that are `name` but for the case of A to Z, with the row of each."""
        key = name.encode().lower()  # of bytes only ASCII is lowered, as in the file's order
        for at in range(bisect_left(self._names, key, key=_lowered), len(self._names)):
            if _lowered(self._names[at]) != key:
                break
            yield self._names[at].as_py(), self._rows[at].as_py()

    def _entry(self, row: int) -> PlaceEntry:
        values = {name: self._places[name][row].as_py() for name in _COLUMNS}
        return PlaceEntry(ascii_name=fold(values["name"]), names=int(self._number_of_names[row]), **values)

    @cached_property
    def _number_of_names(self) -> NDArray[np.int64]:
        return np.bincount(_numbers(self._rows), minlength=len(self))


def load_gazetteer(folder: Path = GAZETTEER) -> Gazetteer:
    """The packaged gazetteer. Raises KnowledgeError where a file is missing or no gazetteer's."""
    return Gazetteer(folder)


def _mapped(path: Path) -> Any:
    """The one batch of an Arrow file, mapped into memory."""
    try:
        return pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
    except (OSError, pa.ArrowException) as error:
        raise KnowledgeError(f"{path}: not a gazetteer ({error}); build it with: python gazetteer/build.py") from error


def _numbers(column: Any) -> NDArray[np.int64]:
    """Whole numbers of the file; `to_numpy()` would load pandas."""
    return np.frombuffer(column.buffers()[1], f"i{column.type.bit_width // 8}", len(column))


def _lowered(name: Any) -> bytes:
    """A name of the file by which it is in order."""
    return bytes(name.as_buffer()).lower()
