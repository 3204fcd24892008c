"""Every screen of a workbench, by what it is called, with what a record has for it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from tests.web.browser.coded_tables import CodedEvent, CodedTables


def longest(tables: CodedTables) -> CodedEvent:
    return tables.varied()[0]


def of_a_pair(path: str) -> Callable[[CodedTables], str | None]:
    """A page about the two countries with the most events between them."""

    def address(tables: CodedTables) -> str | None:
        pairs = tables.pairs(1)
        return f"{path}?{urlencode(dict(zip('ab', pairs[0], strict=True)))}" if pairs else None

    return address


def of_one_actor(tables: CodedTables) -> str | None:
    pairs = tables.pairs(1)
    return "/two-actors?" + urlencode({"a": pairs[0][0], "measure": "score"}) if pairs else None


SCREENS: dict[str, Callable[[CodedTables], str | None]] = {
    "overview": lambda _: "/",
    "overview of happenings": lambda _: "/?unit=happenings",
    "overview without an event": lambda _: "/?type=AGREE&type=X&actor=nobody+of+this+name",
    "events": lambda _: "/events",
    "events by a search": lambda tables: "/events?" + urlencode({"q": tables.word()}),
    "no events": lambda _: "/events?actor=nobody+of+this+name",
    "event": lambda tables: longest(tables).page,
    "article": lambda tables: tables.busiest().report,
    "review": lambda _: "/review",
    "review, compared": lambda _: "/review/compare",
    "review, nothing to settle": lambda _: "/review?queue=disagreement",
    "review of an event": lambda tables: "/review?" + longest(tables).asked,
    "review history": lambda tables: "/review/history?" + longest(tables).asked,
    "two actors": lambda _: "/two-actors",
    "entities": lambda _: "/entities",
    "offices": lambda _: "/offices",
    "codebook": lambda _: "/codebook",
    "runs": lambda _: "/runs",
    "sql": lambda _: "/sql",
    "api": lambda _: "/api",
    "a pair": of_a_pair("/two-actors"),
    "one actor": of_one_actor,
    "events of a pair": of_a_pair("/two-actors/events"),
}
"""The address of each page in a workbench over these tables; None where the record has nothing to show there."""


def every_screen(tables: CodedTables) -> dict[str, str]:
    """The addresses of all pages, each once; of events and reports those that are the longest or have the most."""
    found = {name: address(tables) for name, address in SCREENS.items()}
    return {name: path for name, path in found.items() if path is not None}
