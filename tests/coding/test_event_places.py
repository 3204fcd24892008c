"""Where an event is."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import parse
from tests.coding.proposed import (
    CODEBOOK,
    proposal,
)
from turnstone.coding.events import code_events
from turnstone.records import Mention, Place, Resolved, Span
from turnstone.resolution.dates import event_day
from turnstone.settings import Settings


def test_whom_a_call_comes_from_is_not_where_it_is() -> None:
    article, parsed = parse("A/DET/2/det call/NOUN/0/root from/ADP/4/case Chad/PROPN/2/nmod")
    chad = Place(12, 16, "Chad", "TCD", 1, 15.0, 19.0, "country")
    mention = Mention(12, 16, "GPE", "TCD", "Chad", "TCD")
    for kind, place in (("REQUEST", None), ("RETREAT", chad)):
        actors = (Span(12, 16),) if kind == "REQUEST" else (Span(0, 1),)
        one_of = replace(proposal(kind), actors=actors, recipients=(Span(12, 16),) if place else ())
        coded = code_events(article, replace(parsed, proposals=(one_of,)), Resolved((mention,), (), (chad,)), CODEBOOK,
                            Settings(), event_day)  # fmt: skip
        assert [e.place for e in coded.events] == [place]
