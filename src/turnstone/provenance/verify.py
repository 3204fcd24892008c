"""A bundle coded again and compared, table by table, with what it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from turnstone.errors import StoreError
from turnstone.provenance.bundle import Bundle, packages
from turnstone.provenance.runs import as_row, reasons
from turnstone.records import Article
from turnstone.store import Run, manifest_of
from turnstone.store.schema import CODED_TABLES
from turnstone.store.tables import article_digest


@dataclass(frozen=True)
class Verdict:
    """Of each table whether its bytes are the same; `reasons` is what is known of the why where they are not.
    `missing` counts articles whose text nobody gave.
    """

    tables: Mapping[str, bool]
    reasons: tuple[str, ...]
    articles: int
    missing: int

    @property
    def same(self) -> bool:
        return not self.missing and all(self.tables.values())


def verify(
    bundle: Bundle, directory: Path, run: Run, code: Callable[[Iterator[Article]], None], texts: Iterable[Article] = ()
) -> Verdict:
    """Codes a bundle's articles with `code`, which fills `directory` with the record, and compares its tables with
    those of the manifest. The ledger is left out: inputs that were no articles are not in a bundle. `texts` are
    articles for a bundle without its own. Raises StoreError where an article is not what its digest says.
    """
    given = {(one.id, article_digest(one)): one for one in texts}
    # Twice through the file rather than all texts in memory: what was changed is refused before anything is coded.
    found = Counter(article is not None for article in _articles(bundle, given))
    code(article for article in _articles(bundle, given) if article is not None)
    files = manifest_of(directory)["files"]
    names = [f"{name}.parquet" for name in CODED_TABLES]
    tables = {name.removesuffix(".parquet"): files[name] == bundle.manifest["files"].get(name) for name in names}
    return Verdict(tables, _why(bundle, run, found[False], tables), found[True], found[False])


def _articles(bundle: Bundle, given: Mapping[tuple[str, str], Article]) -> Iterator[Article | None]:
    """The articles of a bundle in order; None for one whose text nobody gave."""
    return (_article(bundle, row, given) for row in bundle.articles())


def _article(bundle: Bundle, row: Mapping[str, Any], given: Mapping[tuple[str, str], Article]) -> Article | None:
    if "text" not in row:
        known = given.get((row["id"], row["digest"]))
        if known is None:
            return None
        values = {name: getattr(known, name) for name in ("title", "publisher", "author", "url", "text")}
    else:
        values = {name: row[name] for name in ("title", "publisher", "author", "url", "text")}
    article = Article(id=row["id"], published=date.fromisoformat(row["date"]), origin=row["origin"], **values)
    if article_digest(article) != row["digest"]:
        raise StoreError(
            f"{bundle.path}: article {row['id']!r} is not the one its digest names, so the bundle was changed; get it "
            "again from where it was made"
        )
    return article


def _why(bundle: Bundle, run: Run, missing: int, tables: Mapping[str, bool]) -> tuple[str, ...]:
    why = [f"{missing:,} articles are missing: give the files with their texts"] if missing else []
    runs = bundle.manifest["runs"]
    for one in runs:
        differing = reasons(one, as_row(run))
        why += [f"{one['articles']:,} articles were coded by another run: {', '.join(differing)}"] if differing else []
    if len(runs) > 1:
        why.append(f"{len(runs)} runs coded the record, and one can be made again at a time")
    if not why and not all(tables.values()):
        mine, theirs = bundle.packages.get("packages", {}), packages()["packages"]
        other = [f"{name} {mine[name]} and {theirs[name]}" for name in mine if theirs.get(name, "") != mine[name]]
        why.append(f"other packages: {', '.join(other)}" if other else "the machine: all else is the same")
    return tuple(why)
