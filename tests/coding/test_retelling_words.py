"""What is told of an event and an earlier one of its article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import parse
from turnstone.coding.clauses import Clauses
from turnstone.coding.layout import Layout
from turnstone.coding.noun_phrases import NounPhrases
from turnstone.coding.retelling_words import RetellingWords
from turnstone.records import Attribution, Event, Participant, Place, Span

SENTENCES = (
    "\nHaas/PROPN/2/nsubj attacked/VERB/0/root Ott/PROPN/2/obj over/ADP/5/case taxes/NOUN/2/obl",
    "\nHaas/PROPN/2/nsubj attacked/VERB/0/root banks/NOUN/2/obj +./PUNCT/2/punct",
    "The/DET/2/det attack/NOUN/5/nsubj over/ADP/4/case taxes/NOUN/2/nmod stunned/VERB/0/root Ott/PROPN/5/obj",
    "An/DET/3/det angry/ADJ/3/amod attack/NOUN/4/nsubj came/VERB/0/root too/ADV/4/advmod",
)
ARTICLE, ANALYSIS = parse(*SENTENCES)
HAAS = Participant(0, 4, "Max Haas", "haas", "AUT", ("GOV",))
OTT = Participant(14, 17, "Ott", "ott", "AUT", ("PTY",))
BANKS = Participant(40, 45, "banks")


def event(at: int, word: str, **values: object) -> Event:
    """An event at the word that begins behind an offset."""
    start = ARTICLE.text.index(word, at)
    trigger = Span(start, start + len(word))
    made = Event(
        id=f"a:{start}", event_type="ACCUSE", modes=(), contexts=(), quad=3, score=-2.0, actors=(HAAS,),
        recipients=(), status="happened", first_day=date(2023, 3, 21), last_day=date(2023, 3, 21), granularity="day",
        date_basis="the article's day", place=None, attribution=-1, trigger=trigger,
        evidence=Layout(ARTICLE.text, ANALYSIS).sentence_of(Clauses(ANALYSIS.tokens).word(start, start + 1) or 0),
        confidence=0.8,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


FIRST = event(0, "attacked", recipients=(OTT,))
OTHER = event(20, "attacked", recipients=(BANKS,))
AGAIN = event(20, "attack ", actors=(), recipients=(OTT,))
ANOTHER = event(80, "attack ", actors=(replace(HAAS, entity_id="", country=""),))


def words(*events: Event, attributions: tuple[Attribution, ...] = ()) -> RetellingWords:
    below, clauses = NounPhrases(ANALYSIS.tokens).below, Clauses(ANALYSIS.tokens)
    return RetellingWords(ARTICLE.text, ANALYSIS, below, clauses, Layout(ARTICLE.text, ANALYSIS), attributions, events)


def test_earlier_ones_of_its_type_are_asked_for() -> None:
    asked = words(FIRST, OTHER, AGAIN)
    assert asked.choices(AGAIN, [FIRST, OTHER]) == [FIRST, OTHER]
    assert asked.choices(AGAIN, [replace(FIRST, event_type="REJECT")]) == []
    assert asked.choices(FIRST, []) == []


def test_what_is_brought_up_with_an_indefinite_article_is_new() -> None:
    assert words(FIRST, ANOTHER).choices(ANOTHER, [FIRST]) == []


def test_the_nearest_twenty_four() -> None:
    many = [replace(FIRST, id=f"a:{k}") for k in range(30)]
    assert words(*many, AGAIN).choices(AGAIN, many) == many[-24:]


def test_the_word_and_who_takes_part() -> None:
    first, other = map(set, words(FIRST, OTHER, AGAIN).features(AGAIN, [FIRST, OTHER]))
    assert {"lemmas attacked attack", "article the", "article the False", "pos NOUN VERB False"} <= first
    assert {"actors none", "recipients same", "sides none same ACCUSE", "called none same"} <= first
    assert {"recipients others", "called none others"} <= other and "recipients same" not in other
    assert {"states none same", "crossed none others"} <= first
    assert "an earlier one" in first & other


def test_where_both_stand() -> None:
    first, other = map(set, words(FIRST, OTHER, AGAIN).features(AGAIN, [FIRST, OTHER]))
    assert {"far 2", "apart 1", "nearer 1", "lead 0 1"} <= first
    assert {"far 1", "apart 0", "nearer 0", "lead 1 1"} <= other
    assert {"shared 0", "below 0 True"} <= other
    assert {"shared 1", "below 1 True"} <= first  # the taxes


@pytest.mark.parametrize(("apart", "step"), [(1, 1), (2, 2), (3, 3), (4, 3), (8, 4), (9, 5), (16, 5), (17, 6), (40, 6)])
def test_how_far_apart_by_steps(apart: int, step: int) -> None:
    sentences = [*SENTENCES[:1], *["Rain/NOUN/2/nsubj fell/VERB/0/root +./PUNCT/2/punct"] * (apart - 1), SENTENCES[2]]
    article, analysis = parse(*sentences)
    layout, clauses = Layout(article.text, analysis), Clauses(analysis.tokens)
    start = article.text.index("attack ")
    again = replace(AGAIN, trigger=Span(start, start + 6))
    below = NounPhrases(analysis.tokens).below
    asked = RetellingWords(article.text, analysis, below, clauses, layout, (), [FIRST, again])
    assert f"far {step}" in asked.features(again, [FIRST])[0]


@pytest.mark.parametrize(("number", "step"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (8, 4), (9, 5), (20, 5)])
def test_how_many_by_steps(number: int, step: int) -> None:
    many = [replace(FIRST, id=f"a:{k}") for k in range(number - 1)]
    own = many[0] if number > 1 else FIRST
    assert f"many {step}" in words(*many, AGAIN).features(AGAIN, [own] if number > 1 else [AGAIN])[0]


@pytest.mark.parametrize("determiner", ["A", "An", "Another", "Any"])
def test_new_by_its_determiner(determiner: str) -> None:
    article, analysis = parse(SENTENCES[0], f"{determiner}/DET/2/det attack/NOUN/3/nsubj came/VERB/0/root")
    start = article.text.index("attack ")
    again = replace(AGAIN, trigger=Span(start, start + 6))
    below, layout = NounPhrases(analysis.tokens).below, Layout(article.text, analysis)
    asked = RetellingWords(article.text, analysis, below, Clauses(analysis.tokens), layout, (), [FIRST, again])
    assert asked.choices(again, [FIRST]) == []


def test_when_where_and_on_whose_word() -> None:
    said = tuple(Attribution((), (), (), one) for one in (HAAS, HAAS, OTT))
    zenda, strelsau = (Place(0, 1, name, "RUR", k, 0.0, 0.0) for k, name in enumerate(("Zenda", "Strelsau")))
    day = {"first_day": date(2023, 3, 1), "last_day": date(2023, 3, 1), "date_basis": "March 1"}
    one = replace(AGAIN, attribution=0, place=zenda, **day)  # type: ignore[arg-type]
    for other, expected in (
        (FIRST, {"said False True", "place False True", "days False 1"}),
        (replace(FIRST, attribution=0, place=zenda), {"said in one", "place told True True"}),
        (replace(FIRST, attribution=1, place=strelsau), {"said by one True", "place told False True"}),
        (replace(FIRST, attribution=2, **day), {"said by one False", "days True 2"}),  # type: ignore[arg-type]
    ):
        asked = words(other, one, attributions=said)
        assert expected <= set(asked.features(one, [other])[0])
