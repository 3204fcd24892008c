from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from turnstone.reading import Columns, inputs, read
from turnstone.reading.parsers.process import Parsers
from turnstone.records import Article, Refusal


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file byte for byte."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


class Lasting(Parsers):
    """Parsers that many readings share, so that not each pays for their start."""

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def parsers() -> Iterator[Parsers]:
    lasting = Lasting()
    yield lasting
    super(Lasting, lasting).__exit__(None, None, None)


@pytest.fixture
def sort(parsers: Parsers, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[list[Article], list[Refusal]]]:
    """Reads one input; the articles and the refusals."""
    monkeypatch.setattr(inputs, "Parsers", lambda: parsers)

    def outcomes(
        given: str | Path, date: dt.date | None = None, columns: Columns | None = None, max_bytes: int = 10 * 2**20
    ) -> tuple[list[Article], list[Refusal]]:
        found = list(read([given], date=date, columns=columns or Columns(), max_bytes=max_bytes))
        articles = [one for one in found if isinstance(one, Article)]
        return articles, [one for one in found if isinstance(one, Refusal)]

    return outcomes
