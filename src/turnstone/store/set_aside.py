"""Articles that could not be coded, with their text, so that they can be tried again: `set-aside.jsonl`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from turnstone.errors import StoreError
from turnstone.records import Article
from turnstone.store.ledger import natural, printable
from turnstone.store.tables import Row, article_digest

NAME = "set-aside.jsonl"
_WORDS = ("id", "title", "publisher", "author", "url", "origin", "text")


def row_of(article: Article, reason: str, remedy: str, run: str) -> Row:
    """An article as it stands in the file, in the keys that `turnstone code` reads by default."""
    return {
        "id": article.id,
        "date": article.published.isoformat(),
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "url": article.url,
        "origin": printable(article.origin),
        "text": article.text,
        "digest": article_digest(article),
        "reason": printable(reason),
        "remedy": printable(remedy),
        "run": run,
    }


def rows_in(directory: Path) -> Iterator[Row]:
    """The articles set aside in a record or shard. Raises StoreError for a file that cannot be read."""
    path = directory / NAME
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); remove it and code the inputs again") from error


def write(directory: Path, rows: Iterable[Row]) -> None:
    """Writes the file in the order of origins."""
    write_lines(
        directory, map(line_of, sorted(rows, key=lambda row: (natural(row["origin"]), row["id"], row["digest"])))
    )


def write_lines(directory: Path, lines: Iterable[str]) -> None:
    """Writes the file from lines in their order."""
    with (directory / NAME).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def line_of(row: Row) -> str:
    """A row as a line of the file."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def articles(directory: Path) -> Iterator[Article]:
    """The articles set aside in a record, as they were given."""
    for row in rows_in(directory):
        values = {name: row[name] for name in _WORDS}
        yield Article(published=dt.date.fromisoformat(row["date"]), **values)
