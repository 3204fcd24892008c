"""Reviewed articles as gold for `turnstone evaluate --layer events`: JSON lines in the form of `turnstone analyse`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from turnstone.errors import StoreError
from turnstone.reviews.standing import Judged, Standing
from turnstone.reviews.verdicts import Values, Who
from turnstone.store.json_lines import CONTRACT

if TYPE_CHECKING:
    import duckdb

# These end a line for some readers; inside JSON they can only stand in strings.
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\u0085\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Gold:
    """The lines, and what they hold. `left_out` says of each article marked complete that is not in it why not."""

    lines: tuple[str, ...]
    articles: int
    events: int
    left_out: tuple[str, ...]


def gold(connection: duckdb.DuckDBPyConnection, standing: Standing) -> Gold:
    """The articles that somebody marked complete, with the events that hold in them. Raises StoreError where there is
    none: a part of an article's events is no gold, since all that it lacks would count as wrong."""
    judged: dict[str, list[Judged]] = {}
    for one in standing.judged:
        judged.setdefault(one.by.sha256, []).append(one)
    lines, left_out, events = [], [], 0
    texts: set[str] = set()
    for article in _articles(connection, standing):
        found = judged.get(article["sha256"], [])
        if article["sha256"] in texts:
            continue  # one text under two ids is one article of the gold
        texts.add(article["sha256"])
        if open_ := [one for one in found if one.state in ("disputed", "skipped")]:
            left_out.append(f"{article['id']}: {len(open_)} of its events are {open_[0].state}; settle them first")
            continue
        held = [one for one in found if one.final is not None]
        lines.append(_line(article, held))
        events += len(held)
    left_out += [f"text {digest[:12]}: no article of the record has it" for digest in sorted(standing.complete - texts)]
    if not lines:
        more = f" ({left_out[0]})" if left_out else ""
        raise StoreError(
            f"no article is marked complete and settled{more}; review all events of an article, add those that were "
            "missed, and mark it complete"
        )
    return Gold(tuple(lines), len(lines), events, tuple(left_out))


def _articles(connection: duckdb.DuckDBPyConnection, standing: Standing) -> Iterator[dict[str, Any]]:
    names = ("id", "published", "title", "publisher", "author", "url", "origin", "text", "sha256")
    found = connection.execute(
        f"select {', '.join(names)} from articles where sha256 in (select unnest($1)) order by published, id",
        [sorted(standing.complete)],
    ).fetchall()
    return (dict(zip(names, row, strict=True)) for row in found)


def _line(article: dict[str, Any], held: list[Judged]) -> str:
    value = {"contract": CONTRACT, **{name: article[name] for name in article if name != "sha256"}}
    value["published"] = article["published"].isoformat()
    value["events"] = [_event(one, one.final) for one in sorted(held, key=_place) if one.final is not None]
    return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)


def _place(judged: Judged) -> tuple[int, str]:
    trigger = judged.by.trigger
    return (trigger.start if trigger else 0), judged.by.id


def _event(judged: Judged, final: Values) -> dict[str, Any]:
    trigger = judged.by.trigger
    assert trigger is not None  # every review of an event has one
    return {
        "id": judged.coded.event if judged.coded else f"r{judged.reviews[0].id}",
        "event_type": final.event_type,
        "modes": list(final.modes),
        "status": final.status,
        "actors": [_who(one) for one in final.actors],
        "recipients": [_who(one) for one in final.recipients],
        "first_day": final.first_day.isoformat(),
        "last_day": final.last_day.isoformat(),
        "place": final.place.model_dump(mode="json", exclude={"text"}) if final.place else None,
        "speaker": _who(final.speaker) if final.speaker else None,
        "trigger": {"start": trigger.start, "end": trigger.end},
    }


def _who(one: Who) -> dict[str, Any]:
    return {
        "start": one.start, "end": one.end, "name": one.name, "entity_id": one.entity_id, "country": one.country,
        "sectors": list(one.sectors),
    }  # fmt: skip
