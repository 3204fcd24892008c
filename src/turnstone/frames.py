"""A record as data frames of pandas or polars, typed; and its articles and events to look at in a notebook."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from turnstone.errors import FramesError
from turnstone.knowledge.codebook import load_codebook
from turnstone.marked import article_html, event_html
from turnstone.records import Event, Record
from turnstone.reviews import Journal, read, standing_in
from turnstone.reviews.tables import changes
from turnstone.store import SCHEMAS, TABLES, batches, connect, manifest_of

if TYPE_CHECKING:
    import pandas
    import polars

# Columns of few values: the frames hold each value once.
_CATEGORIES = {
    "articles": ("publisher", "run"),
    "events": ("event_type", "status", "granularity", "place_country", "place_resolution", "outlet"),
    "participants": ("role", "country"),
    "attributions": ("speaker_country", "outlet", "kind"),
    "places": ("country", "resolution"),
    "dates": ("granularity",),
    "ledger": ("outcome", "reason", "remedy"),
}
_TEXTS = {"articles": ("text",)}
_STATUSES = ("happened", "historical", "future", "hypothetical", "negated")


class RecordFrames:
    """A record directory for notebooks. `events` and `dyads` give frames of the chosen library, as reviewers have the
    events unless they were asked for `as_coded`; `table` the tables as coded, `article` what a notebook shows with its
    spans marked."""

    def __init__(self, directory: Path, library: str, as_coded: bool = False) -> None:
        self.directory, self.library, self.as_coded = directory, library, as_coded
        self.manifest: dict[str, Any] = manifest_of(directory)
        _needed(library)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.manifest['counts'].get(name, 0):,} {name}" for name in TABLES)
        return f"<turnstone record {str(self.directory)!r} as {self.library} frames: {counts}>"

    @property
    def events(self) -> Any:
        """A row an event, with the article's day, title and publisher, and the names, countries and sectors of its
        actors and recipients: `actor_names`, `actor_countries` and so on are lists, `actor`, `actor_country`,
        `recipient`, `recipient_country` the first of each. Days are dates, types and statuses categories. `review` says
        what became of the event in review: what is rejected is left out, what was added has no confidence."""
        found = _with_names(_tables(self.directory, self.as_coded, ("articles", "events", "participants")))
        return self._frame(found, (*_CATEGORIES["events"], "publisher", "review", *_FIRST_COUNTRIES))

    @property
    def dyads(self) -> Any:
        """A row for each pair of an actor and a recipient of an event (those of events without a recipient have an
        empty one): article_id, event_id, actor, actor_country, recipient, recipient_country, and the event's first_day,
        event_type, quad, score, status and confidence."""
        found = _pairs(_tables(self.directory, self.as_coded, ("events", "participants")))
        return self._frame(found, ("event_type", "status", *_FIRST_COUNTRIES))

    def table(self, name: str, texts: bool = False) -> Any:
        """One of the tables of the record, as docs/record.md has them. The texts of articles, which are most of a
        record, only where they are asked for. Raises StoreError for a name that is no table's."""
        if name not in SCHEMAS:
            # the store's own message names the tables
            next(batches(self.directory, name, []))
        left = () if texts else _TEXTS.get(name, ())
        found = _read(self.directory, name, [one for one in SCHEMAS[name].names if one not in left])
        return self._frame(found, _CATEGORIES[name])

    def article(self, key: str) -> ShownArticle:
        """The article with an id. Raises FramesError where there is none."""
        from turnstone.store.stored import stored

        for record in stored(self.directory, key):
            return ShownArticle(record)
        raise FramesError(f"{self.directory}: holds no article {key!r}; table('articles') lists them")

    def _frame(self, table: pa.Table, categories: tuple[str, ...]) -> Any:
        for name in categories:
            at = table.schema.get_field_index(name)
            if at >= 0:
                table = table.set_column(at, name, table.column(name).dictionary_encode())
        if self.library == "polars":
            return _polars(table)
        return _pandas(table)


class ShownArticle:
    """An article as a notebook shows it. `events` are to look at too."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.events = tuple(ShownEvent(record.article.text, event) for event in record.coded.events)

    def _repr_html_(self) -> str:
        record = self.record
        return article_html(record.article.title, record.article.text, record.resolved, record.coded)

    def __repr__(self) -> str:
        article = self.record.article
        return f"<article {article.id!r} of {article.published}: {len(self.events)} events>"


class ShownEvent:
    """An event as a notebook shows it, in the words it was read from."""

    def __init__(self, text: str, event: Event) -> None:
        self.text, self.event = text, event

    def _repr_html_(self) -> str:
        return event_html(self.text, self.event)

    def __repr__(self) -> str:
        event = self.event
        who, whom = (", ".join(one.name for one in side) for side in (event.actors, event.recipients))
        return f"<{event.first_day} {who or '-'}: {' '.join((event.event_type, *event.modes))}: {whom or '-'}>"


def load(directory: str | Path, library: str = "pandas", as_coded: bool = False) -> RecordFrames:
    """A record directory as frames of pandas or polars, its events as reviewers have them or `as_coded`.

    Raises StoreError where the directory holds no record, FramesError for another library or one that is not installed.
    """
    return RecordFrames(Path(directory), library, as_coded)


_FIRST_COUNTRIES = ("actor_country", "recipient_country")


_READ = {
    "articles": ("id", "published", "title", "publisher"),
    "participants": ("article_id", "event_id", "role", "position", "name", "country", "sectors"),
}


def _tables(directory: Path, as_coded: bool, names: tuple[str, ...]) -> dict[str, pa.Table]:
    """Tables of a record, events with `place_in_table` and `review`; what reviewers came to stands in the place of what
    was coded."""
    found = {name: _read(directory, name, list(_READ.get(name, SCHEMAS[name].names))) for name in names}
    events = found["events"].append_column("place_in_table", pa.array(range(len(found["events"])), pa.int64()))
    found["events"] = events.append_column("review", pa.array([""] * len(events), pa.string()))
    journal = Journal() if as_coded else read(directory)
    if not journal.reviews:
        return found
    with connect(directory) as connection:
        changed = changes(connection, standing_in(connection, journal), load_codebook())
    keys = "using (article_id, event_id)"
    states = {"reviewed": changed.events, "parties": changed.participants}
    found["participants"] = _query(
        f"select * from everybody anti join reviewed {keys} union all by name "
        f"select {', '.join(_READ['participants'])} from parties semi join reviewed {keys}",
        everybody=found["participants"], **states,
    )  # fmt: skip
    columns = ", ".join(SCHEMAS["events"].names)
    found["events"] = _query(
        f"select * from events anti join reviewed {keys} union all by name "
        "select r.* exclude (state), e.place_in_table, case when state = 'skipped' then '' else state end as review "
        f"from (select {columns}, state from reviewed) r "
        f"left join (select article_id, event_id, place_in_table from events) e {keys} where state <> 'rejected'",
        events=found["events"], **states,
    )  # fmt: skip
    return found


def _with_names(tables: dict[str, pa.Table]) -> pa.Table:
    return _query(
        """
        with parties as (
            select article_id, event_id, role, list(name order by position) as names,
                   list(country order by position) as countries,
                   list(array_to_string(sectors, ' ') order by position) as sectors
            from everybody group by all
        )
        select e.* exclude (place_in_table, review), d.published, d.title, d.publisher,
               coalesce(a.names[1], '') as actor, coalesce(a.countries[1], '') as actor_country,
               coalesce(r.names[1], '') as recipient, coalesce(r.countries[1], '') as recipient_country,
               coalesce(a.names, []) as actor_names, coalesce(a.countries, []) as actor_countries,
               coalesce(a.sectors, []) as actor_sectors,
               coalesce(r.names, []) as recipient_names, coalesce(r.countries, []) as recipient_countries,
               coalesce(r.sectors, []) as recipient_sectors, e.review
        from events e
        left join articles d on d.id = e.article_id
        left join parties a on (a.article_id, a.event_id, a.role) = (e.article_id, e.event_id, 'actor')
        left join parties r on (r.article_id, r.event_id, r.role) = (e.article_id, e.event_id, 'recipient')
        order by d.published, e.article_id, e.place_in_table nulls last, e.event_id
        """,
        events=tables["events"], articles=tables["articles"], everybody=tables["participants"],
    )  # fmt: skip


def _pairs(tables: dict[str, pa.Table]) -> pa.Table:
    return _query(
        """
        select e.article_id, e.event_id, coalesce(a.name, '') as actor, coalesce(a.country, '') as actor_country,
               coalesce(r.name, '') as recipient, coalesce(r.country, '') as recipient_country,
               e.first_day, e.event_type, e.quad, e.score, e.status, e.confidence
        from events e
        left join everybody a on (a.article_id, a.event_id, a.role) = (e.article_id, e.event_id, 'actor')
        left join everybody r on (r.article_id, r.event_id, r.role) = (e.article_id, e.event_id, 'recipient')
        order by e.place_in_table nulls last, e.event_id, a.position, r.position
        """,
        events=tables["events"], everybody=tables["participants"],
    )  # fmt: skip


def _query(sql: str, **tables: pa.Table) -> pa.Table:
    import duckdb

    with duckdb.connect(":memory:") as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return connection.sql(sql).to_arrow_table()


def _read(directory: Path, name: str, columns: list[str]) -> pa.Table:
    schema = pa.schema([SCHEMAS[name].field(one) for one in columns])
    return pa.Table.from_batches([one.cast(schema) for one in batches(directory, name, columns)], schema)


def _pandas(table: pa.Table) -> pandas.DataFrame:
    import pandas

    frame: pandas.DataFrame = table.to_pandas(date_as_object=False)
    for name, kind in zip(table.schema.names, table.schema.types, strict=True):
        if pa.types.is_integer(kind) and frame[name].dtype.kind == "f":
            frame[name] = frame[name].astype("Int64")  # missing, and still whole numbers
        if name == "status":
            frame[name] = pandas.Categorical(frame[name], categories=list(_STATUSES))
    return frame


def _polars(table: pa.Table) -> polars.DataFrame:
    import polars

    found = polars.from_arrow(table)
    assert isinstance(found, polars.DataFrame)
    return found


def _needed(library: str) -> None:
    if library not in ("pandas", "polars"):
        raise FramesError(f"{library!r} is no library for frames; give pandas or polars")
    try:
        importlib.import_module(library)
    except ImportError as error:
        raise FramesError(f"{library} is not installed; install it with: pip install 'turnstone[frames]'") from error
