"""Who takes part where the network names nobody on a side, and the tree does."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.coding.clauses import Clauses
from turnstone.coding.missing_participants import MissingParticipants
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.records import Analysis, Article, DateMention, Mention, Proposal, Span


def parts(
    sentence: str,
    trigger: int,
    kind: str,
    actors: str = "",
    recipients: str = "",
    states: str = "",
    dates: str = "",
    groups: str = "",
    group: tuple[str, tuple[str, ...]] = ("zla", ("REB",)),
) -> tuple[list[str], list[str]]:
    """The words of those who act and of those to whom it is done."""
    built: tuple[Article, Analysis] = parse(sentence)
    article, analysis = built
    text = article.text

    def span(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    mentions = [Mention(one.start, one.end, "GPE", "", "", "TCD") for one in span(states)]
    mentions += [Mention(one.start, one.end, "ORG", group[0], "", "", group[1]) for one in span(groups)]
    told = [DateMention(one.start, one.end, article.published, article.published, "day") for one in span(dates)]
    proposal = Proposal(trigger, ((kind, 0.9),), (), (("happened", 0.9),), (), span(actors), span(recipients))
    found = MissingParticipants(analysis, mentions, told, NounPhrases(analysis.tokens), Clauses(analysis.tokens)).added(
        proposal
    )
    acting, receiving = ([text[one.start : one.end] for one in side] for side in (found.actors, found.recipients))
    return acting, receiving


CONDEMNS = (
    "Strelsau/PROPN/2/nsubj condemn/VERB/0/root {whose}/{upos}/5/nmod:poss +'s/PART/3/case raid/NOUN/2/obj "
    "on/ADP/7/case Zenda/PROPN/5/nmod"
)
ITS_DEED = CONDEMNS.format(whose="Narva", upos="PROPN")
OF_STATE = "Strelsau/PROPN/2/nsubj condemn/VERB/0/root the/DET/5/det {adj}/ADJ/5/amod {deed}/{upos}/2/obj"


def test_who_is_condemned_is_whose_the_deed_is() -> None:
    assert parts(ITS_DEED, 1, "ACCUSE", actors="Strelsau") == (["Strelsau"], ["Narva"])
    assert parts(OF_STATE.format(adj="Narvan", deed="raid", upos="NOUN"), 1, "ACCUSE", states="Narvan")[1] == ["Narvan"]


def test_who_is_refused_is_by_whom_the_call_is() -> None:
    call = "Strelsau/PROPN/2/nsubj reject/VERB/0/root calls/NOUN/2/obj {case}/ADP/5/case Narva/PROPN/3/nmod"
    assert parts(call.format(case="by"), 1, "REJECT")[1] == ["Narva"]
    assert parts(call.format(case="for"), 1, "REJECT")[1] == []


def test_who_is_named_as_condemned_stays_alone() -> None:
    assert parts(ITS_DEED, 1, "ACCUSE", recipients="Zenda")[1] == ["Zenda"]


def test_a_day_a_pronoun_or_a_name_tells_nobody_whose_deed_it_is() -> None:
    yesterday = CONDEMNS.format(whose="yesterday", upos="NOUN")
    assert parts(yesterday, 1, "ACCUSE", dates="yesterday")[1] == []
    assert parts(CONDEMNS.format(whose="their", upos="PRON"), 1, "ACCUSE")[1] == []
    assert parts(OF_STATE.format(adj="Narvan", deed="Famine", upos="PROPN"), 1, "ACCUSE", states="Narvan")[1] == []
    assert parts(OF_STATE.format(adj="cruel", deed="raid", upos="NOUN"), 1, "ACCUSE", states="Strelsau")[1] == []


def test_only_what_is_said_or_done_against_a_deed_is_against_whose_it_is() -> None:
    assert parts(ITS_DEED, 1, "SUPPORT")[1] == []


def test_a_deed_that_a_clause_is_about() -> None:
    warns = (
        "Strelsau/PROPN/2/nsubj says/VERB/0/root Narva/PROPN/5/nmod:poss +'s/PART/3/case raid/NOUN/7/nsubj "
        "is/AUX/7/cop criminal/ADJ/2/ccomp"
    )
    assert parts(warns, 1, "ACCUSE")[1] == ["Narva"]


def test_protests_are_against_whose_deed_they_are_about() -> None:
    goes_on = (
        "Protests/NOUN/2/nsubj continue/VERB/0/root against/ADP/7/case Narva/PROPN/7/nmod:poss +'s/PART/4/case "
        "new/ADJ/7/amod taxes/NOUN/2/obl"
    )
    assert parts(goes_on, 0, "PROTEST")[1] == ["Narva"]
    boycott = OF_STATE.format(adj="Narvan", deed="elections", upos="NOUN")
    assert parts(boycott, 1, "PROTEST", states="Narvan")[1] == []


STRIKES = "Narva/PROPN/2/nsubj launch/VERB/0/root strikes/NOUN/2/obj {case}/ADP/5/case {where}/PROPN/{head}/{relation}"


def test_strikes_are_against_the_place_they_are_on() -> None:
    for head, relation in ((2, "obl"), (3, "nmod")):
        on = STRIKES.format(case="on", where="Strelsau", head=head, relation=relation)
        assert parts(on, 2, "ASSAULT", actors="Narva", states="Strelsau")[1] == ["Strelsau"]
    near = STRIKES.format(case="near", where="Strelsau", head=2, relation="obl")
    assert parts(near, 2, "ASSAULT", states="Strelsau")[1] == []
    day = STRIKES.format(case="on", where="Sunday", head=2, relation="obl")
    assert parts(day, 2, "ASSAULT", dates="Sunday")[1] == []


CONVICTED = (
    "Two/NUM/2/nummod men/NOUN/4/nsubj:pass are/AUX/4/aux:pass convict/VERB/0/root {case}/ADP/7/case a/DET/7/det "
    "bombing/NOUN/4/obl"
)


def test_who_is_convicted_of_an_attack_made_it() -> None:
    assert parts(CONVICTED.format(case="of"), 6, "ASSAULT")[0] == ["Two men"]
    assert parts(CONVICTED.format(case="after"), 6, "ASSAULT")[0] == []
    assert parts(CONVICTED.format(case="of"), 6, "PROTEST")[0] == []
    assert parts(CONVICTED.format(case="of"), 6, "ASSAULT", recipients="Two men")[0] == []


def test_who_is_convicted_of_something_else_about_an_attack_did_not_make_it() -> None:
    of = (
        "Two/NUM/2/nummod men/NOUN/3/nsubj:pass convict/VERB/0/root for/ADP/6/case a/DET/6/det {what}/NOUN/3/obl "
        "on/ADP/9/case a/DET/9/det bombing/NOUN/6/nmod"
    )
    assert parts(of.format(what="role"), 8, "ASSAULT")[0] == ["Two men"]
    assert parts(of.format(what="report"), 8, "ASSAULT")[0] == []


def test_who_is_responsible_for_an_attack_made_it() -> None:
    cell = (
        "Police/NOUN/2/nsubj raid/VERB/0/root a/DET/4/det cell/NOUN/2/obj responsible/ADJ/4/amod for/ADP/8/case "
        "the/DET/8/det bombing/NOUN/5/obl"
    )
    assert parts(cell, 7, "ASSAULT")[0] == ["a cell"]


def test_who_leads_a_deed_does_it() -> None:
    led = "A/DET/2/det march/NOUN/6/nsubj {verb}/VERB/2/acl by/ADP/5/case {who}/{upos}/3/obl:agent end/VERB/0/root"
    assert parts(led.format(verb="lead", who="clerks", upos="NOUN"), 1, "PROTEST")[0] == ["clerks"]
    assert parts(led.format(verb="mar", who="clerks", upos="NOUN"), 1, "PROTEST")[0] == []
    assert parts(led.format(verb="lead", who="them", upos="PRON"), 1, "PROTEST")[0] == []


FIRED = "{whose}/PROPN/2/{relation} {arms}/NOUN/3/nsubj hit/VERB/0/root port/NOUN/3/obj"


@pytest.mark.parametrize("relation", ["compound", "amod", "nmod:poss"])
@pytest.mark.parametrize(("states", "groups"), [("Narva", ""), ("", "Narva")])
def test_whose_rockets_strike_strikes(relation: str, states: str, groups: str) -> None:
    fired = FIRED.format(whose="Narva", relation=relation, arms="rocket")
    assert parts(fired, 2, "ASSAULT", recipients="port", states=states, groups=groups) == (["Narva"], ["port"])


def test_so_does_whose_rockets_something_is_struck_by() -> None:
    struck = "Port/NOUN/2/nsubj:pass hit/VERB/0/root by/ADP/5/case Narva/PROPN/5/compound drone/NOUN/2/obl:agent"
    assert parts(struck, 1, "ASSAULT", states="Narva")[0] == ["Narva"]
    beside = struck.replace("obl:agent", "obl")
    assert parts(beside, 1, "ASSAULT", states="Narva")[0] == []


@pytest.mark.parametrize(
    ("relation", "arms", "kind", "states"),
    [
        ("compound", "rocket", "ASSAULT", ""),  # nobody who is known
        ("compound", "tank", "ASSAULT", "Narva"),  # nothing that is sent
        ("compound", "rocket", "PROTEST", "Narva"),
        ("appos", "rocket", "ASSAULT", "Narva"),
    ],
)
def test_else_nobody_is_said_to_strike(relation: str, arms: str, kind: str, states: str) -> None:
    assert parts(FIRED.format(whose="Narva", relation=relation, arms=arms), 2, kind, states=states)[0] == []


def test_nor_does_who_is_named_behind_the_rockets() -> None:
    behind = "Rocket/NOUN/3/nsubj Narva/PROPN/1/nmod:unmarked hit/VERB/0/root port/NOUN/3/obj"
    assert parts(behind, 2, "ASSAULT", states="Narva")[0] == []


def test_an_armed_group_and_no_state_did_what_bears_its_name() -> None:
    deed = "Police/NOUN/2/nsubj recall/VERB/0/root the/DET/5/det Narva/PROPN/5/compound massacre/NOUN/2/obj"
    assert parts(deed, 4, "ASSAULT", groups="Narva")[0] == ["Narva"]
    assert parts(deed, 4, "ASSAULT", states="Narva")[0] == []
    for other in (("", ("REB",)), ("senate", ("LEG", "REB"))):
        assert parts(deed, 4, "ASSAULT", groups="Narva", group=other)[0] == []
    assert parts(deed.replace("massacre", "raid"), 4, "ASSAULT", groups="Narva")[0] == []  # which may be on it
    verb = "Narva/PROPN/2/compound kills/VERB/0/root clerks/NOUN/2/obj"
    assert parts(verb, 1, "ASSAULT", groups="Narva")[0] == []


def test_who_is_named_as_struck_or_striking_stays() -> None:
    fired = FIRED.format(whose="Narva", relation="compound", arms="rocket")
    assert parts(fired, 2, "ASSAULT", actors="rocket", states="Narva")[0] == ["rocket"]
    assert parts(fired, 2, "ASSAULT", recipients="Narva", states="Narva") == ([], ["Narva"])
