"""Which event to review next: a random sample, the least certain, or those on which there is disagreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from turnstone.reviews.precision import Drawn
from turnstone.reviews.standing import Judged, Standing

if TYPE_CHECKING:
    import duckdb

SEED: Final = 1
"""Of the random draw where nobody chooses another."""

# The place of an event in the draw depends on the seed, its article, its trigger and its type, and so stays the same
# when other events come and go, and when a new coding names events otherwise.
_DRAW = "md5(concat_ws('|', $seed::varchar, e.article_id, e.trigger_start, e.trigger_end, e.event_type))"
ORDERS: Final = {
    "random": f"{_DRAW}, e.event_id",
    "uncertain": "abs(e.confidence - $threshold), e.article_id, e.event_id",
}
"""Events `e` in the order of the queues, as SQL: by a seed, and those nearest to the threshold of coding first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events a queue has: of one type, and with an actor or recipient of one country; empty for all."""

    event_type: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of the random queue: `most` events of each type, in the order of the draw, and as many of all.
    Make it longer than what was reviewed."""

    most: int
    everything: tuple[Drawn, ...]
    types: dict[str, tuple[Drawn, ...]]


def sample(connection: duckdb.DuckDBPyConnection, most: int, wanted: Wanted = Wanted(), seed: int = SEED) -> Sample:
    """The random queue, all types at once: one look at the events."""
    where, values = _where(wanted)
    found = connection.execute(
        f"with drawn as (select e.event_type, e.article_id, e.event_id, {_DRAW} as place from events e where {where}) "
        "select event_type, min_by({'place': place, 'event': event_id, 'article': article_id}, place || event_id, "
        f"{int(most)}) from drawn group by event_type order by event_type",
        values | {"seed": seed},
    ).fetchall()
    types = {name: tuple(Drawn((one["article"], one["event"]), name) for one in some) for name, some in found}
    places = sorted(
        (one["place"], one["event"], Drawn((one["article"], one["event"]), name))
        for name, some in found
        for one in some
    )
    return Sample(most, tuple(one for _, _, one in places[:most]), types)


def many(connection: duckdb.DuckDBPyConnection, wanted: Wanted = Wanted()) -> int:
    """How many events a queue has in all."""
    where, values = _where(wanted)
    ((found,),) = connection.execute(f"select count(*) from events e where {where}", values).fetchall()
    return int(found)


def disputed(standing: Standing, wanted: Wanted = Wanted()) -> list[Judged]:
    """Events on which reviewers differ and that nobody has settled, those of which the coding knows first."""
    found = [one for one in standing.judged if one.state == "disputed" and _is_wanted(one, wanted)]
    return sorted(found, key=lambda one: one.coded is None)


def _is_wanted(judged: Judged, wanted: Wanted) -> bool:
    values = judged.coded.values if judged.coded is not None else judged.by.saw or judged.by.final
    if values is None:
        return not wanted.event_type and not wanted.country
    countries = {one.country for one in (*values.actors, *values.recipients)}
    return wanted.event_type in ("", values.event_type) and (not wanted.country or wanted.country in countries)


def _where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts, values = ["true"], {}
    if wanted.event_type:
        parts.append("e.event_type = $event_type")
        values["event_type"] = wanted.event_type
    if wanted.country:
        parts.append("(e.article_id, e.event_id) in (select (article_id, event_id) from participants "
                     "where country = $country)")  # fmt: skip
        values["country"] = wanted.country
    return " and ".join(parts), values
