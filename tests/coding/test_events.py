"""The codebook's rules on proposed events."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import parse
from tests.coding.proposed import (
    ARTICLE,
    CODEBOOK,
    COUNSEL,
    MENTIONS,
    PARSED,
    code,
    one,
    proposal,
)
from turnstone.coding.events import code_events, contexts_of
from turnstone.records import DateMention, Place, Resolved, Span
from turnstone.settings import Settings


def test_a_meeting_to_come_is_an_agreement() -> None:
    assert one(proposal("CONSULT", "future")).event_type == "AGREE"


def test_a_withdrawal_to_come_is_a_concession() -> None:
    assert one(proposal("RETREAT", "future", "withdraw")).event_type == "CONCEDE"


def test_everyone_at_a_meeting_is_an_actor_but_a_host_is_a_recipient() -> None:
    met = one(proposal("CONSULT"))
    assert ([p.country for p in met.actors], met.recipients) == (["TCD", "NER"], ())
    visit = one(proposal("CONSULT", mode="visit"))
    assert [p.country for p in visit.recipients] == ["NER"]
    assert visit.score == 4


def test_unsure_events_and_contexts_are_left_out() -> None:
    assert code(proposal("ACCUSE", p=0.2)).events == ()
    assert one(proposal("ACCUSE")).contexts == ("diplomatic",)


@pytest.mark.parametrize("p, contexts", [(0.249, ()), (0.25, ("health",))])
def test_a_context_is_coded_from_a_quarter_on(p: float, contexts: tuple[str, ...]) -> None:
    assert one(replace(proposal("ACCUSE"), contexts=(("health", p),))).contexts == contexts


@pytest.mark.parametrize("p, events", [(0.59, 0), (0.6, 1)])
def test_aid_needs_somebody_who_gets_it_or_no_doubt(p: float, events: int) -> None:
    assert len(code(replace(proposal("AID", p=p), recipients=())).events) == events


@pytest.mark.parametrize("p, events", [(0.59, 0), (0.6, 1)])
def test_words_by_nobody_against_nobody_are_an_event_only_without_doubt(p: float, events: int) -> None:
    assert len(code(replace(proposal("ACCUSE", p=p), actors=(), recipients=())).events) == events


@pytest.mark.parametrize("p, events", [(0.59, 0), (0.6, 1)])
def test_words_that_are_an_attribute_of_a_thing_are_an_event_only_without_doubt(p: float, events: int) -> None:
    attribute = replace(PARSED, tokens=tuple(replace(t, relation="amod") for t in PARSED.tokens))
    assert len(code(proposal("REQUEST", p=p), analysis=attribute).events) == events
    assert len(code(proposal("REQUEST", p=p)).events) == 1


def test_who_is_accused_without_a_word_by_whom_is_still_accused() -> None:
    event = one(replace(proposal("ACCUSE"), actors=()))
    assert (event.actors, [p.country for p in event.recipients]) == ((), ["NER"])


def test_what_is_promised_or_invited_to_is_no_second_event() -> None:
    article, parsed = parse(
        "Chad/PROPN/2/nsubj invited/VERB/0/root Niger/PROPN/2/obj to/PART/5/mark visit/VERB/2/xcomp"
    )
    asked = replace(proposal("AGREE"), recipients=(Span(13, 18),))
    for kind in ("AGREE", "CONSULT"):
        proposals = (asked, replace(proposal(kind, trigger=4, p=0.5), recipients=()))
        coded = code_events(article, replace(parsed, proposals=proposals), Resolved(MENTIONS[:1], (), ()), CODEBOOK,
                            Settings(), COUNSEL)  # fmt: skip
        assert [e.trigger.start for e in coded.events] == [5]


def test_doubtful_conflict_of_nobody_known_needs_a_place() -> None:
    nobody = replace(proposal("PROTEST", trigger=0, p=0.5), actors=(), recipients=())
    article, parsed = parse("Riots/NOUN/2/nsubj continued/VERB/0/root in/ADP/4/case Lyon/PROPN/2/obl")
    analysis = replace(parsed, proposals=(nobody,))
    lyon = Place(19, 23, "Lyon", "FRA", 2996944, 45.75, 4.85)
    for places, found in (((), []), ((lyon,), [("PROTEST", lyon)])):
        coded = code_events(
            article, analysis, Resolved((), (), places), CODEBOOK, Settings(), replace(COUNSEL, places=lambda _: [1.0])
        )
        assert [(e.event_type, e.place) for e in coded.events] == found


def test_repetitions_are_one_event_the_surest() -> None:
    again = proposal("CONSULT", p=0.95, trigger=5)
    event = one(proposal("CONSULT"), again)
    assert event.confidence == 0.95


def test_what_nobody_does_may_be_what_somebody_does() -> None:
    again = replace(proposal("CONSULT", p=0.95, trigger=5), actors=(), recipients=())
    assert [e.confidence for e in code(proposal("CONSULT"), again).events] == [0.9]
    assert [e.confidence for e in code(replace(proposal("CONSULT"), actors=(), recipients=()), again).events] == [0.95]
    assert len(code(proposal("ACCUSE"), again).events) == 2
    assert len(code(proposal("CONSULT", status="future"), again).events) == 2


def test_a_telling_without_a_day_is_the_one_with_it() -> None:
    monday = ARTICLE.published - timedelta(days=1)
    dated = Resolved(
        MENTIONS,
        (DateMention(ARTICLE.text.index("again"), ARTICLE.text.index("again") + 5, monday, monday, "day", "said"),),
        (),
    )
    proposals = (proposal("CONSULT"), proposal("CONSULT", p=0.7, trigger=5))
    (event,) = code_events(ARTICLE, replace(PARSED, proposals=proposals), dated, CODEBOOK, Settings(), COUNSEL).events
    assert (event.first_day, event.confidence) == (monday, 0.9)


def test_a_denied_event_stays_with_its_status() -> None:
    assert one(proposal("ASSAULT", "negated")).status == "negated"


@pytest.mark.parametrize(("days", "status"), [(30, "happened"), (31, "historical")])
def test_what_is_dated_more_than_a_month_back_is_background(days: int, status: str) -> None:
    day = ARTICLE.published - timedelta(days=days)
    dated = Resolved(MENTIONS, (DateMention(5, 11, day, day, "day", "said"),), ())
    coded = code_events(ARTICLE, replace(PARSED, proposals=(proposal("ACCUSE"),)), dated, CODEBOOK, Settings(), COUNSEL)
    assert (coded.events[0].first_day, coded.events[0].status) == (day, status)


@pytest.mark.parametrize(("days", "status"), [(6, "happened"), (7, "historical")])
def test_a_week_back_is_background_in_a_whole_article(days: int, status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turnstone.records.WHOLE_ARTICLE", len(PARSED.tokens))
    test_what_is_dated_more_than_a_month_back_is_background(days, status)


@pytest.mark.parametrize(("kind", "status"), [("ACCUSE", "historical"), ("ASSAULT", "happened")])
def test_what_came_before_the_news_is_background_unless_it_is_an_attack(kind: str, status: str) -> None:
    article, found = parse(
        "Obi/PROPN/2/nsubj quits/VERB/0/root after/SCONJ/5/mark Chad/PROPN/5/nsubj "
        "accused/VERB/2/advcl Niger/PROPN/5/obj"
    )
    tokens = tuple(
        replace(token, lemma={"quits": "quit", "accused": "accuse"}.get(token.lemma, token.lemma))
        for token in found.tokens
    )
    sides = (Span(16, 20),), (Span(29, 34),)
    before = replace(proposal(kind, trigger=4), actors=sides[0], recipients=sides[1])
    analysis = replace(found, tokens=tokens, proposals=(before,))
    (event,) = code_events(article, analysis, Resolved((), (), ()), CODEBOOK, Settings(), COUNSEL).events
    assert event.status == status


def test_an_attack_from_which_the_news_is_measured_is_background() -> None:
    article, found = parse(
        "Obi/PROPN/2/nsubj speaks/VERB/0/root days/NOUN/6/obl:unmarked after/ADP/6/case Chad/PROPN/6/nmod:poss "
        "raid/NOUN/2/obl"
    )
    tokens = tuple(replace(token, lemma="day") if token.lemma == "days" else token for token in found.tokens)
    raid = replace(proposal("ASSAULT", trigger=5), actors=(Span(22, 26),), recipients=())
    analysis = replace(found, tokens=tokens, proposals=(raid,))
    (event,) = code_events(article, analysis, Resolved((), (), ()), CODEBOOK, Settings(), COUNSEL).events
    assert event.status == "historical"


def test_an_articles_contexts_are_those_of_its_events_the_commonest_first() -> None:
    first, second, third, *_ = CODEBOOK.contexts
    event = one(proposal("ACCUSE"))

    def of(*contexts: tuple[str, ...]) -> tuple[str, ...]:
        return contexts_of([replace(event, contexts=names) for names in contexts], CODEBOOK)

    assert of((second, third), (third,)) == (third, second)
    assert of((third, second), (first,)) == (first, second, third)  # ties as the codebook has them
    assert of((), ()) == contexts_of([], CODEBOOK) == ()
    assert code(proposal("ACCUSE")).contexts == ("diplomatic",)


def test_a_call_for_talks_is_a_request_to_meet() -> None:
    for asked, modes in (("talk", ("meet",)), ("calm", ())):
        article, parsed = parse(f"Chad/PROPN/2/nsubj urged/VERB/0/root Niger/PROPN/2/iobj {asked}/NOUN/2/obj")
        one_of = replace(proposal("REQUEST"), recipients=(Span(11, 16),))
        mentions = (MENTIONS[0], replace(MENTIONS[1], start=11, end=16))
        coded = code_events(article, replace(parsed, proposals=(one_of,)), Resolved(mentions, (), ()), CODEBOOK,
                            Settings(), COUNSEL)  # fmt: skip
        assert [e.modes for e in coded.events] == [modes]
