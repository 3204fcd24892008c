"""The gazetteer: places of the world by name, from GeoNames (CC BY 4.0), packaged by `gazetteer/build.py`."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.compute as pc  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.errors import KnowledgeError
from turnstone.knowledge.digests import PLACES
from turnstone.knowledge.letters import PLAIN_LETTERS

Feature = Literal["city", "capital", "country", "admin1", "admin2", "region", "site", "continent"]

_COLUMNS = (
    "geonames_id",
    "name",
    "ascii_name",
    "alternates",
    "feature",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "population",
)
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

    `feature` tells towns from countries, provinces (admin1), districts (admin2), regions and seas, and sites. `country`
    is ISO 3166 alpha-3, empty for what lies in several countries; `population` is 0 where unknown; `admin1` is the name
    of the state or province where known.
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

    def is_called(self, name: str) -> bool:
        """Whether this is the place's own name, not one of its others."""
        return fold(name).lower() == self.ascii_name.lower()


class Gazetteer:
    """Places by name. Reading the file takes a tenth of a second; the index of other names is made at the first
    lookup.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            # not read_table, which loads the machinery of data sets first
            with pq.ParquetFile(path, read_dictionary=["feature", "country", "admin1"]) as file:
                table = file.read(columns=list(_COLUMNS), use_threads=False)
        except (OSError, pa.ArrowException) as error:
            raise KnowledgeError(
                f"{path}: not a gazetteer ({error}); build it with: python gazetteer/build.py"
            ) from error
        self._table = table.combine_chunks()
        self._own = _one_array(pc.ascii_lower(self._table["ascii_name"]))
        self._remembered = lru_cache(_REMEMBERED)(self._search)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self._path.read_bytes()).hexdigest()

    def lookup(self, name: str) -> tuple[PlaceEntry, ...]:
        """Every place of that name or other name, most populous first; none is no error.

        Accents and the kind of apostrophe do not matter. Case matters little ("BEIJING" is Beijing, "Rio De Janeiro" is
        Rio de Janeiro) except that words without any capital name nothing, nor do abbreviations shorter than four
        letters unless the gazetteer writes them so.
        """
        return self._remembered(name)

    def _search(self, name: str) -> tuple[PlaceEntry, ...]:
        folded = fold(name)
        if not any(c.isupper() for c in folded):
            return ()
        key = folded.encode().lower().decode()  # bytes: only ASCII is lowered, as in the file's order
        rows = set(_equal(self._own, key, None))
        others, order, parents = self._others
        rows.update(int(parents[at]) for at in _equal(others, key, order))
        entries = [self._entry(row) for row in rows]
        if folded.isupper() and len(folded.replace(".", "")) < 4:
            raw = {row: self._table["alternates"][row].as_py() for row in rows}
            entries = [
                self._entry(row)
                for row in rows
                if folded in raw[row] or self._table["ascii_name"][row].as_py() == folded
            ]
        return tuple(sorted(entries, key=lambda entry: (-entry.population, entry.geonames_id or 0)))

    @cached_property
    def _others(self) -> tuple[pa.Array, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """The other names in lower case, the order that sorts them, and the row each belongs to."""
        lists = _one_array(self._table["alternates"])
        names = pc.ascii_lower(lists.flatten())
        return names, pc.array_sort_indices(names).to_numpy(), pc.list_parent_indices(lists).to_numpy()

    def _entry(self, row: int) -> PlaceEntry:
        values = {name: self._table[name][row].as_py() for name in _COLUMNS if name != "alternates"}
        return PlaceEntry(**values)


def load_gazetteer(path: Path = PLACES) -> Gazetteer:
    """The packaged gazetteer. Raises KnowledgeError where the file is missing or no gazetteer."""
    return Gazetteer(path)


def _one_array(column: Any) -> Any:
    """The column as one array: pyarrow answers with chunks even where there is only one."""
    if isinstance(column, pa.ChunkedArray):
        return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)
    return column


def _equal(names: Any, key: str, order: np.ndarray[Any, Any] | None) -> Iterator[int]:
    """Positions of `key` in `names`, which `order` sorts (None: sorted already)."""

    def position(rank: int) -> int:
        return rank if order is None else int(order[rank])

    low, high = 0, len(names)
    while low < high:
        middle = (low + high) // 2
        if names[position(middle)].as_py() < key:
            low = middle + 1
        else:
            high = middle
    while low < len(names) and names[position(low)].as_py() == key:
        yield position(low)
        low += 1
