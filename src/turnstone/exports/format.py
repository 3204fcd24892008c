"""What a format is: its columns, and how an event becomes rows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from turnstone.exports.cameo import Crosswalk
from turnstone.exports.events import Reported
from turnstone.exports.loss import Loss
from turnstone.knowledge.codebook import Codebook

Cell = object
"""Text, a number, a date, None for what is missing, or, for formats that hold lists, a tuple of text."""

FieldType = Literal["string", "integer", "number", "date", "array", "object", "any"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: Frictionless's name of its type, and what stands in it."""

    name: str
    type: FieldType
    description: str


@dataclass(frozen=True, slots=True)
class Means:
    """What rows are made with: the codebook and its crosswalk, the provinces of places by GeoNames number, the runs'
    coder, and where losses are counted."""

    codebook: Codebook
    crosswalk: Crosswalk
    provinces: dict[int, str]
    coders: dict[str, str]
    loss: Loss


Rows = Callable[[Reported, Means], Iterator[tuple[Cell, ...]]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of one file.

    `kind` is how it is written; `header`, `missing` and `quoted` belong to what has delimiters. `statuses` are those
    that are held where none are asked for: a format without a status holds only what happened. `texts` where rows need
    the articles' texts.
    """

    name: str
    title: str
    kind: Literal["delimited", "parquet", "geojson", "jsonl"]
    suffix: str
    columns: tuple[Column, ...]
    rows: Rows
    statuses: frozenset[str]
    delimiter: str = "\t"
    header: bool = False
    missing: str = ""
    quoted: bool = False
    texts: bool = False


HAPPENED = frozenset({"happened"})
