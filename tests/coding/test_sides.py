"""Who is on each side of an event."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import parse
from tests.coding.proposed import (
    ARTICLE,
    CODEBOOK,
    COUNSEL,
    MENTIONS,
    PARSED,
    coded_with,
    parties,
    proposal,
)
from turnstone.coding.events import code_events
from turnstone.records import Mention, Quotation, Resolved, Span
from turnstone.settings import Settings


def test_a_pronoun_acts_only_where_nobody_else_does() -> None:
    article, parsed = parse("They/PRON/2/nsubj accused/VERB/0/root Niger/PROPN/2/obj")
    they, niger = Span(0, 4), Span(13, 18)
    mention = Mention(13, 18, "GPE", "NER", "Niger", "NER")
    for actors, names in (((they,), ["They"]), ((they, niger), ["Niger"])):
        one_of = replace(proposal("ACCUSE"), actors=actors, recipients=(niger,))
        coded = code_events(article, replace(parsed, proposals=(one_of,)), Resolved((mention,), (), ()), CODEBOOK,
                            Settings(), COUNSEL)  # fmt: skip
        assert [p.name for p in coded.events[0].actors] == names


def test_nobody_is_nobody() -> None:
    article, parsed = parse("Nobody/PRON/2/nsubj accused/VERB/0/root Niger/PROPN/2/obj")
    one_of = replace(proposal("ACCUSE"), actors=(Span(0, 6),), recipients=(Span(15, 20),))
    niger = Mention(15, 20, "GPE", "NER", "Niger", "NER")
    coded = code_events(article, replace(parsed, proposals=(one_of,)), Resolved((niger,), (), ()), CODEBOOK,
                        Settings(), COUNSEL)  # fmt: skip
    assert coded.events[0].actors == ()


def test_something_is_done_to_him_where_to_nobody_else() -> None:
    article, parsed = parse("Niger/PROPN/2/nsubj accused/VERB/0/root him/PRON/2/obj and/CCONJ/5/cc Chad/PROPN/3/conj")
    niger, him, chad = Span(0, 5), Span(14, 17), Span(22, 26)
    mentions = (Mention(0, 5, "GPE", "NER", "Niger", "NER"), Mention(22, 26, "GPE", "TCD", "Chad", "TCD"))
    for recipients, names in (((him,), ["him"]), ((him, chad), ["Chad"])):
        one_of = replace(proposal("ACCUSE"), actors=(niger,), recipients=recipients)
        coded = code_events(article, replace(parsed, proposals=(one_of,)), Resolved(mentions, (), ()), CODEBOOK,
                            Settings(), COUNSEL)  # fmt: skip
        assert [p.name for p in coded.events[0].recipients] == names


def test_we_in_what_somebody_says_is_the_speaker() -> None:
    article, parsed = parse(
        "We/PRON/2/nsubj accuse/VERB/5/ccomp Niger/PROPN/2/obj Okoye/PROPN/5/nsubj said/VERB/0/root"
    )
    said = Quotation((Span(16, 21),), (Span(22, 26),), (Span(0, 15),))
    blamed = replace(proposal("ACCUSE"), actors=(Span(0, 2),), recipients=(Span(10, 15),))
    analysis = replace(parsed, proposals=(blamed,), quotations=(said,))
    okoye = Mention(16, 21, "PER", "okoye", "Okoye", "NGA", ("GOV",))
    coded = code_events(article, analysis, Resolved((okoye,), (), ()), CODEBOOK, Settings(), COUNSEL)
    assert [(p.start, p.name, p.country) for p in coded.events[0].actors] == [(0, "Okoye", "NGA")]


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
    (event,) = code_events(article, analysis, Resolved(mentions, (), ()), CODEBOOK, Settings(), COUNSEL).events
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
    (event,) = code_events(article, analysis, resolved, CODEBOOK, Settings(), COUNSEL).events
    assert [p.name for p in event.recipients] == ["Niger"]


def test_two_groups_of_one_country_are_not_one() -> None:
    people = tuple(replace(m, entity_id="", sectors=("CVL",), country="TCD", name=name) for m, name in
                   zip(MENTIONS, ("a man", "a family"), strict=True))  # fmt: skip
    shot = replace(PARSED, proposals=(proposal("ASSAULT"),))
    (event,) = code_events(ARTICLE, shot, Resolved(people, (), ()), CODEBOOK, Settings(), COUNSEL).events
    assert [[p.name for p in side] for side in (event.actors, event.recipients)] == [["a man"], ["a family"]]


def received(sentence: str, first: Span, second: Span, trigger: int) -> list[str]:
    """The recipients of an arrest of two of whom the same is known."""
    article, found = parse(sentence)
    people = tuple(Mention(one.start, one.end, "OTHER", "", "", "TCD", ("PTY",)) for one in (first, second))
    arrest = replace(proposal("COERCE", trigger=trigger), actors=(), recipients=(first, second))
    (event,) = code_events(
        article, replace(found, proposals=(arrest,)), Resolved(people, (), ()), CODEBOOK, Settings(), COUNSEL
    ).events
    return [article.text[p.start : p.end] for p in event.recipients]


def test_two_crowds_of_one_side_are_two() -> None:
    crowds = (
        "Five/NUM/2/nummod people/NOUN/4/nsubj:pass are/AUX/4/aux:pass held/VERB/0/root and/CCONJ/7/cc "
        "nine/NUM/7/nsubj:pass seized/VERB/4/conj"
    )
    assert received(crowds, Span(0, 11), Span(25, 29), 3) == ["Five people", "nine"]


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
    teacher = (
        "A/DET/2/det teacher/NOUN/6/nsubj:pass +,/PUNCT/4/punct Obi/PROPN/2/appos is/AUX/6/aux:pass held/VERB/0/root"
    )
    assert received(teacher, Span(0, 9), Span(11, 14), 5) == ["A teacher"]
