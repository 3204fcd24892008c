"""Articles as rows of a Parquet file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from turnstone.reading.articles import Terms
from turnstone.reading.parsers.process import Parser
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal


def read(source: Path | bytes, origin: str, terms: Terms, parser: Parser) -> Iterator[Article | Refusal]:
    """The articles of a Parquet file, by its path or its bytes; `origin` gets the row's number from 1."""
    try:
        for some in parser.ask(source, origin, terms):
            yield from map(_outcome, some)
    except Unreadable as error:
        yield error.refusal(origin)


def _outcome(fields: dict[str, Any]) -> Article | Refusal:
    if "reason" in fields:
        return Refusal(**fields)
    return Article(**fields | {"published": dt.date.fromisoformat(fields["published"])})
