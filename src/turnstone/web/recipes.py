"""A filter written down as SQL, Python and R, to go on with elsewhere."""

from __future__ import annotations

from pathlib import Path

from turnstone.web.filters import BANDS, NONE, Filter
from turnstone.web.index.happenings import FIRST_REPORTS

AFTER_REVIEW = "after-review"
"""The folder of a record in which a recipe looks for its tables after review."""


def recipes(directory: Path, wanted: Filter, reviewed: bool = False) -> dict[str, str]:
    """The same events in SQL (DuckDB), Python and R, by the language. `reviewed`: as they are after review, out of the
    tables that `turnstone reviews tables` writes, which the first line says."""
    folder = directory.absolute() / AFTER_REVIEW if reviewed else directory.absolute()
    query = sql(folder, wanted, directory.absolute())
    if reviewed:
        query = f"-- first write the tables after review: turnstone reviews tables {directory} -o {folder}\n{query}"
    python = f'import duckdb\n\nevents = duckdb.sql("""\n{query}\n""").df()\n'
    r = (
        "library(duckdb)\n\nconnection <- dbConnect(duckdb())\n"
        f'events <- dbGetQuery(connection, r"---(\n{query}\n)---")\n'
    )
    return {"SQL": query + ";\n", "Python": python, "R": r}


def sql(directory: Path, wanted: Filter, record: Path) -> str:
    """A query over the tables of a `record`, of which events and participants lie in `directory`. Words of a search are
    looked for as they stand, in this form only."""
    conditions = list(_conditions(wanted, directory, record))
    where = "\nwhere " + "\n  and ".join(conditions) if conditions else ""
    order = "order by a.published desc, e.article_id, e.trigger_start"
    tables = f"from {_file(directory, 'events')} e\njoin {_file(record, 'articles')} a on a.id = e.article_id"
    return f"select e.*, a.published, a.title\n{tables}{where}\n{order}"


def _file(directory: Path, table: str) -> str:
    name = f"reviewed_{table}" if directory.name == AFTER_REVIEW and table != "articles" else table
    return _quoted(str(directory / f"{name}.parquet"))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _conditions(wanted: Filter, directory: Path, record: Path) -> list[str]:
    found = []
    if directory != record:
        states = [*wanted.review, *(["skipped"] if "unreviewed" in wanted.review else [])]
        found.append(f"e.state in ({_list(tuple(states))})" if states else "e.state <> 'rejected'")
    if wanted.since:
        found.append(f"e.first_day >= date '{wanted.since}'")
    if wanted.until:
        found.append(f"e.last_day <= date '{wanted.until}'")
    for name, column in (
        ("type", "e.event_type"),
        ("status", "e.status"),
        ("place", "coalesce(e.place_name, '')"),
        ("place_country", "coalesce(e.place_country, '')"),
        ("source", "coalesce(nullif(e.outlet, ''), a.publisher)"),
    ):
        if given := getattr(wanted, name):
            found.append(f"{column} in ({_list(given)})")
    if wanted.quad:
        found.append(f"e.quad in ({', '.join(map(str, wanted.quad))})")
    if wanted.confidence:
        bands = [BANDS[one] for one in wanted.confidence]
        found.append("(" + " or ".join(_band(*band) for band in bands) + ")")
    for role in ("actor", "recipient"):
        for name, column in ((role, "p.name"), (f"{role}_country", "p.country")):
            if given := getattr(wanted, name):
                found.append(_having(directory, role, column, given))
    if wanted.q:
        words = [word.strip('"') for word in wanted.q.split()]
        found += [_containing(word) for word in words if word.strip("-*")]
    if wanted.unit == "happenings":
        happenings = _quoted(str(record / FIRST_REPORTS))
        first = "h.article_id = e.article_id and h.event_id = e.event_id"
        found.append(f"exists (select 1 from {happenings} h where {first})")
    return found


def _containing(word: str) -> str:
    without = "not " if word.startswith("-") else ""
    return f"{without}contains(lower(e.evidence_text), {_quoted(word.lstrip('-').rstrip('*').lower())})"


def _list(given: tuple[str, ...]) -> str:
    return ", ".join(_quoted("" if one == NONE else one) for one in given)


def _band(low: int, high: int) -> str:
    return f"round(100 * e.confidence) >= {low} and round(100 * e.confidence) < {high}"


def _having(directory: Path, role: str, column: str, given: tuple[str, ...]) -> str:
    named = tuple(one for one in given if one != NONE)
    same = "p.article_id = e.article_id and p.event_id = e.event_id"
    where = f"from {_file(directory, 'participants')} p where {same} and p.role = '{role}' and {column}"
    either = []
    if named:
        either.append(f"exists (select 1 {where} in ({_list(named)}))")
    if NONE in given:
        either.append(f"not exists (select 1 {where} <> '')")
    return either[0] if len(either) == 1 else f"({' or '.join(either)})"
