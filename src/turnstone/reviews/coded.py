"""The coded events of the articles that reviews speak of, out of the tables of a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from turnstone.records import Article, Event, Participant, Record
from turnstone.reviews.attach import CodedEvent
from turnstone.reviews.journal import Journal, read
from turnstone.reviews.standing import Standing, standing
from turnstone.reviews.verdicts import Trigger, Values, Where, Who
from turnstone.store import connect

if TYPE_CHECKING:
    import duckdb

_PARTIES = """
    select article_id, event_id, role, list({'start': start, 'end': "end", 'text': text, 'name': name,
        'entity_id': entity_id, 'country': country, 'sectors': sectors} order by position) as listed
    from participants where article_id in (select unnest($ids)) group by all
"""
_EVENTS = f"""
    with parties as materialized ({_PARTIES}),
    chosen as materialized (select * from events where article_id in (select unnest($ids))),
    texts as materialized (select id, sha256 from articles where id in (select unnest($ids)))
    select e.*, a.sha256, actors.listed as actors, recipients.listed as recipients
    from chosen e
    join texts a on a.id = e.article_id
    left join parties actors on (actors.article_id, actors.event_id, actors.role) = (e.article_id, e.event_id, 'actor')
    left join parties recipients
        on (recipients.article_id, recipients.event_id, recipients.role) = (e.article_id, e.event_id, 'recipient')
    order by e.article_id, e.trigger_start, e.event_id
"""
"""Each table is read once, for these articles alone: joined first, a record of millions takes three times as long."""


def current(directory: Path) -> tuple[Journal, Standing]:
    """What was said of a record, and what holds of its events now. Raises StoreError where there is no record or a
    review cannot be read."""
    journal = read(directory)
    connection = connect(directory)
    try:
        return journal, standing_in(connection, journal)
    finally:
        connection.close()


def standing_in(connection: duckdb.DuckDBPyConnection, journal: Journal) -> Standing:
    """What holds of the events of a record that is open in DuckDB."""
    digests = {review.sha256 for review in journal.reviews if review.sha256}
    articles = articles_of(connection, digests)
    return standing(journal, events_of(connection, articles), articles.values())


def articles_of(connection: duckdb.DuckDBPyConnection, digests: Iterable[str]) -> dict[str, str]:
    """The digests of texts by the ids of the articles that have them, of those digests that the record has."""
    listed = sorted(digests)
    if not listed:
        return {}
    found = connection.execute("select id, sha256 from articles where sha256 in (select unnest($1))", [listed])
    return dict(found.fetchall())


def events_of(connection: duckdb.DuckDBPyConnection, articles: Iterable[str]) -> list[CodedEvent]:
    """The events of some articles (by id), in the order of their texts."""
    ids = sorted(set(articles))
    if not ids:
        return []
    return [coded_event(row) for row in _rows(connection, _EVENTS, {"ids": ids})]


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = connection.execute(sql, values)
    names = [column[0] for column in found.description or ()]
    return (dict(zip(names, row, strict=True)) for row in found.fetchall())


def coded_event(row: dict[str, Any]) -> CodedEvent:
    """An event from a row of the events table with `sha256` of its text, and `actors` and `recipients` as lists."""
    place = None
    if row["place_start"] is not None:
        names = ("start", "end", "text", "name", "country", "geonames_id", "latitude", "longitude", "resolution")
        place = Where.model_construct(**{name: row[f"place_{name}"] for name in names})
    speaker = None
    if row["speaker_name"]:
        speaker = Who.model_construct(name=row["speaker_name"], entity_id=row["speaker_entity_id"])
    values = Values.model_construct(
        event_type=row["event_type"],
        modes=tuple(row["modes"] or ()),
        status=row["status"],
        actors=tuple(_who(one) for one in row["actors"] or ()),
        recipients=tuple(_who(one) for one in row["recipients"] or ()),
        first_day=row["first_day"],
        last_day=row["last_day"],
        place=place,
        speaker=speaker,
    )
    trigger = Trigger.model_construct(start=row["trigger_start"], end=row["trigger_end"], text=row["trigger_text"])
    return CodedEvent(row["article_id"], row["event_id"], row["sha256"], trigger, values)


def _who(row: dict[str, Any]) -> Who:
    return Who.model_construct(**{**row, "sectors": tuple(row["sectors"] or ())})


def values_of(record: Record, event: Event) -> Values:
    """The values of an event of a record in memory, as a review sees them."""
    article = record.article
    attribution = record.coded.attributions[event.attribution] if event.attribution >= 0 else None
    speaker = attribution.speaker if attribution is not None else None
    place = event.place
    return Values(
        event_type=event.event_type,
        modes=event.modes,
        status=event.status,
        actors=tuple(_party(article, one) for one in event.actors),
        recipients=tuple(_party(article, one) for one in event.recipients),
        first_day=event.first_day,
        last_day=event.last_day,
        place=None if place is None else Where(
            start=place.start, end=place.end, text=article.text[place.start : place.end][:300], name=place.name,
            country=place.country, geonames_id=place.geonames_id, latitude=place.latitude, longitude=place.longitude,
            resolution=place.resolution,
        ),
        speaker=None if speaker is None or not speaker.name else Who(name=speaker.name, entity_id=speaker.entity_id),
    )  # fmt: skip


def _party(article: Article, one: Participant) -> Who:
    return Who(
        start=one.start, end=one.end, text=article.text[one.start : one.end][:300], name=one.name,
        entity_id=one.entity_id, country=one.country, sectors=one.sectors,
    )  # fmt: skip
