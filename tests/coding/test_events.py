"""The codebook's rules on proposed events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import parse
from turnstone.coding.events import code_events, contexts_of
from turnstone.knowledge.codebook import load_codebook
from turnstone.records import Analysis, Coded, DateMention, Event, Mention, Place, Proposal, Quotation, Resolved, Span
from turnstone.resolution.dates import event_day
from turnstone.settings import Settings

CODEBOOK = load_codebook()
ARTICLE, PARSED = parse(
    "Chad/PROPN/2/nsubj hosted/VERB/0/root Niger/PROPN/2/obj +./PUNCT/2/punct",
    "They/PRON/2/nsubj met/VERB/0/root again/ADV/2/advmod +./PUNCT/2/punct",
)
CHAD, NIGER = Span(0, 4), Span(12, 17)
MENTIONS = (Mention(0, 4, "GPE", "TCD", "Chad", "TCD"), Mention(12, 17, "GPE", "NER", "Niger", "NER"))


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
    return code_events(ARTICLE, replace(analysis, proposals=proposals), resolved, CODEBOOK, Settings(), event_day)


def one(*proposals: Proposal) -> Event:
    (event,) = code(*proposals).events
    return event


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
                            Settings(), event_day)  # fmt: skip
        assert [e.trigger.start for e in coded.events] == [5]


def test_a_pronoun_acts_only_where_nobody_else_does() -> None:
    article, parsed = parse("They/PRON/2/nsubj accused/VERB/0/root Niger/PROPN/2/obj")
    they, niger = Span(0, 4), Span(13, 18)
    mention = Mention(13, 18, "GPE", "NER", "Niger", "NER")
    for actors, names in (((they,), ["They"]), ((they, niger), ["Niger"])):
        one_of = replace(proposal("ACCUSE"), actors=actors, recipients=(niger,))
        coded = code_events(article, replace(parsed, proposals=(one_of,)), Resolved((mention,), (), ()), CODEBOOK,
                            Settings(), event_day)  # fmt: skip
        assert [p.name for p in coded.events[0].actors] == names


def test_we_in_what_somebody_says_is_the_speaker() -> None:
    article, parsed = parse(
        "We/PRON/2/nsubj accuse/VERB/5/ccomp Niger/PROPN/2/obj Okoye/PROPN/5/nsubj said/VERB/0/root"
    )
    said = Quotation((Span(16, 21),), (Span(22, 26),), (Span(0, 15),))
    blamed = replace(proposal("ACCUSE"), actors=(Span(0, 2),), recipients=(Span(10, 15),))
    analysis = replace(parsed, proposals=(blamed,), quotations=(said,))
    okoye = Mention(16, 21, "PER", "okoye", "Okoye", "NGA", ("GOV",))
    coded = code_events(article, analysis, Resolved((okoye,), (), ()), CODEBOOK, Settings(), event_day)
    assert [(p.start, p.name, p.country) for p in coded.events[0].actors] == [(0, "Okoye", "NGA")]


def test_doubtful_conflict_of_nobody_known_needs_a_place() -> None:
    nobody = replace(proposal("PROTEST", trigger=0, p=0.5), actors=(), recipients=())
    article, parsed = parse("Riots/NOUN/2/nsubj continued/VERB/0/root in/ADP/4/case Lyon/PROPN/2/obl")
    analysis = replace(parsed, proposals=(nobody,))
    lyon = Place(19, 23, "Lyon", "FRA", 2996944, 45.75, 4.85)
    for places, found in (((), []), ((lyon,), [("PROTEST", lyon)])):
        coded = code_events(article, analysis, Resolved((), (), places), CODEBOOK, Settings(), event_day)
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
    (event,) = code_events(ARTICLE, replace(PARSED, proposals=proposals), dated, CODEBOOK, Settings(), event_day).events
    assert (event.first_day, event.confidence) == (monday, 0.9)


def test_a_denied_event_stays_with_its_status() -> None:
    assert one(proposal("ASSAULT", "negated")).status == "negated"


def test_without_a_date_the_articles_day_and_the_basis_says_so() -> None:
    event = one(proposal("ACCUSE"))
    assert event.first_day == event.last_day == date(2023, 3, 21)
    assert "article's day" in event.date_basis


def test_the_basis_says_where_the_day_is_that_of_the_clause_above() -> None:
    article, analysis = parse(
        "Chad/PROPN/2/nsubj hosted/VERB/5/ccomp Niger/PROPN/2/obj +,/PUNCT/5/punct said/VERB/0/root he/PRON/5/nsubj"
        " Monday/PROPN/5/obl"
    )
    start, monday = article.text.index("Monday"), article.published - timedelta(days=1)
    dated = Resolved(MENTIONS, (DateMention(start, start + 6, monday, monday, "day", "said"),), ())
    analysis = replace(analysis, proposals=(proposal("CONSULT"),))
    (event,) = code_events(article, analysis, dated, CODEBOOK, Settings(), event_day).events
    assert (event.first_day, event.date_basis) == (monday, "said; told of the clause above")


def test_what_lies_far_back_is_background() -> None:
    long_ago = ARTICLE.published - timedelta(days=3000)
    dated = Resolved(MENTIONS, (DateMention(5, 11, long_ago, long_ago, "day", "said"),), ())
    coded = code_events(
        ARTICLE, replace(PARSED, proposals=(proposal("ACCUSE"),)), dated, CODEBOOK, Settings(), event_day
    )
    assert coded.events[0].status == "historical"


def parties(*given: tuple[str, tuple[str, ...]]) -> tuple[Mention, ...]:
    """Chad and Niger of the sentence as others: (country, sectors); a state has no sectors."""
    spans = ((0, 4), (12, 17))
    return tuple(
        Mention(start, end, "GPE", "" if sectors else country, country, country, sectors)
        for (start, end), (country, sectors) in zip(spans, given, strict=True)
    )


def coded_with(mentions: tuple[Mention, ...], one: Proposal) -> tuple[Event, ...]:
    analysis = replace(PARSED, proposals=(one,))
    return code_events(ARTICLE, analysis, Resolved(mentions, (), ()), CODEBOOK, Settings(), event_day).events


def test_a_leader_does_not_meet_the_own_state() -> None:
    own = parties(("UKR", ("GOV",)), ("UKR", ()))
    assert coded_with(own, proposal("CONSULT", p=0.5)) == ()
    (sure,) = coded_with(own, proposal("CONSULT"))
    assert [p.sectors for p in sure.actors] == [("GOV",)]
    assert len(coded_with(parties(("UKR", ("GOV",)), ("POL", ())), proposal("CONSULT"))) == 1


def test_a_government_asks_nothing_of_itself_while_it_asks_another() -> None:
    text = "Kyiv/PROPN/2/nsubj urged/VERB/0/root Xi/PROPN/2/obj and/CCONJ/5/cc Zelensky/PROPN/3/conj"
    article, analysis = parse(text)
    mentions = (
        Mention(0, 4, "GPE", "UKR", "Kyiv", "UKR", ("GOV",)),
        Mention(11, 13, "PER", "xi", "Xi", "CHN", ("GOV",)),
        Mention(18, 26, "PER", "zelensky", "Zelensky", "UKR", ("GOV",)),
    )
    asked = replace(proposal("REQUEST"), actors=(Span(0, 4),), recipients=(Span(11, 13), Span(18, 26)))
    analysis = replace(analysis, proposals=(asked,))
    (event,) = code_events(article, analysis, Resolved(mentions, (), ()), CODEBOOK, Settings(), event_day).events
    assert [p.name for p in event.recipients] == ["Xi"]


def test_a_leader_warns_another_state_not_the_own_one_beside_it() -> None:
    article, analysis = parse(
        "Obi/PROPN/2/nsubj warned/VERB/0/root Niger/PROPN/2/obj Chad/PROPN/5/nsubj fires/VERB/2/ccomp"
    )
    obi = Mention(0, 3, "PER", "obi", "Obi", "TCD", ("GOV",))
    niger = Mention(11, 16, "GPE", "NER", "Niger", "NER", ())
    chad = Mention(17, 21, "GPE", "TCD", "Chad", "TCD", ())
    warned = replace(proposal("THREATEN"), actors=(Span(0, 3),), recipients=(Span(11, 16), Span(17, 21)))
    analysis = replace(analysis, proposals=(warned,))
    resolved = Resolved((obi, niger, chad), (), ())
    (event,) = code_events(article, analysis, resolved, CODEBOOK, Settings(), event_day).events
    assert [p.name for p in event.recipients] == ["Niger"]


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
    (event,) = code_events(article, analysis, Resolved((), (), ()), CODEBOOK, Settings(), event_day).events
    assert event.status == status


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
                            Settings(), event_day)  # fmt: skip
        assert [e.modes for e in coded.events] == [modes]


def test_a_sentence_of_today_is_not_of_the_year_of_the_crime() -> None:
    article, parsed = parse(
        "Chad/PROPN/2/nsubj jailed/VERB/0/root Niger/PROPN/2/obj for/ADP/5/case raids/NOUN/2/obl in/ADP/7/case "
        "2001/NUM/5/nmod"
    )
    year = DateMention(31, 35, date(2001, 1, 1), date(2001, 12, 31), "year", "2001")
    for kind, first in (("SANCTION", ARTICLE.published), ("ASSAULT", date(2001, 1, 1))):
        one_of = replace(proposal(kind), recipients=(Span(12, 17),))
        assert article.text[year.start : year.end] == "2001"
        coded = code_events(article, replace(parsed, proposals=(one_of,)), Resolved(MENTIONS, (year,), ()), CODEBOOK,
                            Settings(), event_day)  # fmt: skip
        assert [e.first_day for e in coded.events] == [first]


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


def test_what_is_done_today_is_not_dated_by_what_was_years_before_it() -> None:
    for tense, verb, day in (("present", "frees", date(2023, 3, 21)), ("past", "freed", date(2015, 5, 4))):
        article, analysis = parse(
            f"Chad/PROPN/2/nsubj {verb}/VERB/0/root guards/NOUN/2/obj tried/VERB/3/acl for/ADP/6/case deaths/NOUN/4/obl"
            " on/ADP/8/case May/PROPN/2/obl 4/NUM/8/nummod +,/PUNCT/8/punct 2015/NUM/8/nummod"
        )
        tokens = tuple(replace(t, lemma="free") if t.lemma == verb else t for t in analysis.tokens)
        start = article.text.index("May")
        told = DateMention(start, len(article.text), date(2015, 5, 4), date(2015, 5, 4), "day")
        found = replace(analysis, tokens=tokens, proposals=(proposal("RETREAT"),))
        resolved = Resolved((MENTIONS[0],), (told,), ())
        (event,) = code_events(article, found, resolved, CODEBOOK, Settings(), event_day).events
        assert event.first_day == day, tense


def test_two_groups_of_one_country_are_not_one() -> None:
    people = tuple(replace(m, entity_id="", sectors=("CVL",), country="TCD", name=name) for m, name in
                   zip(MENTIONS, ("a man", "a family"), strict=True))  # fmt: skip
    shot = replace(PARSED, proposals=(proposal("ASSAULT"),))
    (event,) = code_events(ARTICLE, shot, Resolved(people, (), ()), CODEBOOK, Settings(), event_day).events
    assert [[p.name for p in side] for side in (event.actors, event.recipients)] == [["a man"], ["a family"]]


def test_two_crowds_of_one_side_are_two() -> None:
    article, found = parse(
        "Five/NUM/2/nummod people/NOUN/3/nsubj:pass died/VERB/0/root and/CCONJ/6/cc nine/NUM/6/nsubj:pass "
        "hurt/VERB/3/conj in/ADP/8/case attack/NOUN/6/obl"
    )
    five, nine = Span(0, 11), Span(21, 25)
    people = tuple(Mention(one.start, one.end, "OTHER", "", "", "TCD", ("CVL",)) for one in (five, nine))
    attack = replace(proposal("ASSAULT", trigger=7), actors=(), recipients=(five, nine))
    (event,) = code_events(
        article, replace(found, proposals=(attack,)), Resolved(people, (), ()), CODEBOOK, Settings(), event_day
    ).events
    assert [(p.start, p.end) for p in event.recipients] == [(0, 11), (21, 25)]


def received(sentence: str, first: Span, second: Span, trigger: int) -> list[str]:
    """The recipients of an arrest of two of whom the same is known."""
    article, found = parse(sentence)
    people = tuple(Mention(one.start, one.end, "OTHER", "", "", "TCD", ("PTY",)) for one in (first, second))
    arrest = replace(proposal("COERCE", trigger=trigger), actors=(), recipients=(first, second))
    (event,) = code_events(
        article, replace(found, proposals=(arrest,)), Resolved(people, (), ()), CODEBOOK, Settings(), event_day
    ).events
    return [article.text[p.start : p.end] for p in event.recipients]


def test_one_of_many_and_others_are_two() -> None:
    one_and_more = (
        "A/DET/2/det mason/NOUN/4/nsubj:pass is/AUX/4/aux:pass held/VERB/0/root {article}/DET/6/det "
        "clerk/NOUN/7/nsubj:pass seized/VERB/4/parataxis"
    )
    found = received(one_and_more.format(article="a"), Span(0, 7), Span(16, 23), 3)
    assert found == ["A mason", "a clerk"]
    assert received(one_and_more.format(article="the"), Span(0, 7), Span(16, 25), 3) == ["A mason"]


def test_those_whom_and_joins_are_two() -> None:
    held = (
        "The/DET/2/det party/NOUN/{head}/{relation} {word}/{upos}/5/{mark} its/PRON/5/nmod:poss "
        "leader/NOUN/{other}/{joined} are/AUX/7/aux:pass held/VERB/0/root"
    )
    joined = held.format(head=7, relation="nsubj:pass", word="and", upos="CCONJ", mark="cc", other=2, joined="conj")
    beside = held.format(head=7, relation="nsubj:pass", word="with", upos="ADP", mark="case", other=7, joined="obl")
    assert received(joined, Span(0, 9), Span(14, 24), 6) == ["The party", "its leader"]
    assert received(beside, Span(0, 9), Span(15, 25), 6) == ["The party"]


def test_a_description_and_a_name_of_one_side_are_one() -> None:
    article, found = parse(
        "A/DET/2/det teacher/NOUN/6/nsubj:pass +,/PUNCT/4/punct Obi/PROPN/2/appos is/AUX/6/aux:pass held/VERB/0/root"
    )
    teacher, obi = Span(0, 9), Span(11, 14)
    people = tuple(Mention(one.start, one.end, "OTHER", "", "", "TCD", ("CVL",)) for one in (teacher, obi))
    arrest = replace(proposal("COERCE", trigger=5), actors=(), recipients=(teacher, obi))
    (event,) = code_events(
        article, replace(found, proposals=(arrest,)), Resolved(people, (), ()), CODEBOOK, Settings(), event_day
    ).events
    assert len(event.recipients) == 1
