"""The pages, one module each: `router` has its routes, `LINKS` what leads to it from the head of every page."""

from __future__ import annotations

from types import ModuleType

from turnstone.web.index.opened import OpenRecord
from turnstone.web.pages import (
    article,
    codebook,
    entities,
    event,
    events,
    interface,
    overview,
    paste,
    review,
    review_compare,
    review_saying,
    reviewer,
    runs,
    sql,
    two_actors,
)

PAGES: tuple[ModuleType, ...] = (
    overview,
    events,
    event,
    article,
    review,
    review_compare,
    review_saying,
    reviewer,
    two_actors,
    entities,
    codebook,
    runs,
    sql,
    paste,
    interface,
)


def warm(record: OpenRecord) -> None:
    """Asks a record for what the first visitors of its pages will: it is remembered."""
    overview.warm(record)
    events.warm(record)
