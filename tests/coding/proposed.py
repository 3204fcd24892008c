"""Proposals of a sentence of three words, and what is coded of them, for the tests of events and of their parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tests.builders import parse
from turnstone.coding.counsel import Counsel
from turnstone.coding.events import code_events
from turnstone.knowledge.codebook import load_codebook
from turnstone.records import Analysis, Coded, Event, Mention, Proposal, Resolved, Span
from turnstone.resolution.dates import event_day
from turnstone.resolution.dates_origin import dateline_end
from turnstone.settings import Settings

CODEBOOK = load_codebook()
ARTICLE, PARSED = parse(
    "Chad/PROPN/2/nsubj hosted/VERB/0/root Niger/PROPN/2/obj +./PUNCT/2/punct",
    "They/PRON/2/nsubj met/VERB/0/root again/ADV/2/advmod +./PUNCT/2/punct",
)
CHAD, NIGER = Span(0, 4), Span(12, 17)
MENTIONS = (Mention(0, 4, "GPE", "TCD", "Chad", "TCD"), Mention(12, 17, "GPE", "NER", "Niger", "NER"))


def nowhere(features: Sequence[Iterable[str]]) -> list[float]:
    """What is asked of places, where no event is at any."""
    return [-9.0] * len(features)


def never(features: Sequence[Iterable[str]]) -> list[float]:
    """What is asked of likely places, of days and of earlier events, where no event is at any, on any, or any again."""
    return [0.0] * len(features)


def stateless(start: int, end: int, country: str) -> None:
    """What is asked of the states of those who take part, where none is on the map."""


COUNSEL = Counsel(event_day, dateline_end, stateless, nowhere, never, never, never)


def proposal(event_type: str, status: str = "happened", mode: str = "", p: float = 0.9, trigger: int = 1) -> Proposal:
    return Proposal(
        trigger,
        ((event_type, p),),
        ((mode, 0.9),),
        ((status, 0.95),),
        (("diplomatic", 0.8), ("health", 0.2)),
        (CHAD,),
        (NIGER,),
    )


def code(*proposals: Proposal, analysis: Analysis = PARSED) -> Coded:
    resolved = Resolved(MENTIONS, (), ())
    return code_events(ARTICLE, replace(analysis, proposals=proposals), resolved, CODEBOOK, Settings(), COUNSEL)


def one(*proposals: Proposal) -> Event:
    (event,) = code(*proposals).events
    return event


def parties(*given: tuple[str, tuple[str, ...]]) -> tuple[Mention, ...]:
    """Chad and Niger of the sentence as others: (country, sectors); a state has no sectors."""
    spans = ((0, 4), (12, 17))
    return tuple(
        Mention(start, end, "GPE", "" if sectors else country, country, country, sectors)
        for (start, end), (country, sectors) in zip(spans, given, strict=True)
    )


def coded_with(mentions: tuple[Mention, ...], one: Proposal) -> tuple[Event, ...]:
    analysis = replace(PARSED, proposals=(one,))
    return code_events(ARTICLE, analysis, Resolved(mentions, (), ()), CODEBOOK, Settings(), COUNSEL).events
