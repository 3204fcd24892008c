"""Every screen of a workbench, by what it is called, with what a record has for it."""

from __future__ import annotations

from urllib.parse import urlencode

from tests.web.browser.coded_tables import CodedTables


def every_screen(tables: CodedTables) -> dict[str, str]:
    """The addresses of all pages, each once; of events and reports those that are the longest or have the most."""
    (longest, *_), busiest = tables.varied(), tables.busiest()
    pairs = tables.pairs(1)
    asked = {
        "overview": "/",
        "overview of happenings": "/?unit=happenings",
        "overview without an event": "/?type=AGREE&type=X&actor=nobody+of+this+name",
        "events": "/events",
        "events by a search": "/events?" + urlencode({"q": tables.word()}),
        "no events": "/events?actor=nobody+of+this+name",
        "event": longest.page,
        "article": busiest.report,
        "review": "/review",
        "review, compared": "/review/compare",
        "review, nothing to settle": "/review?queue=disagreement",
        "review of an event": "/review?" + urlencode({"article": longest.article, "event": longest.id}),
        "review history": "/review/history?" + urlencode({"article": longest.article, "event": longest.id}),
        "two actors": "/two-actors",
        "entities": "/entities",
        "offices": "/offices",
        "codebook": "/codebook",
        "runs": "/runs",
        "sql": "/sql",
        "api": "/api",
    }
    for a, b in pairs:
        asked["a pair"] = "/two-actors?" + urlencode({"a": a, "b": b})
        asked["one actor"] = "/two-actors?" + urlencode({"a": a, "measure": "score"})
        asked["events of a pair"] = "/two-actors/events?" + urlencode({"a": a, "b": b})
    return asked
