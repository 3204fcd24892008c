"""How coded articles are counted against annotated ones; no model is loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from corpus import GoldEvent, GoldReport
from sheets import Who
from tests.store.samples import article, record, span
from turnstone.records import Span
from whole_articles import Party, agreement, found_by, same_party, scores, shares_name, tally

RECORD = record(article("x"))
TEXT = RECORD.article.text
(EVENT,) = RECORD.coded.events
WHO = Who(("Ruritania/RUR",), ("Graustark/GRA",), "an envoy/RUR", "2023-03-03", "Strelsau/RUR")


def told(**other: object) -> GoldEvent:
    one = GoldEvent(span(TEXT, "invited"), "AGREE", ("meet",), "future", (span(TEXT, "Ruritania"),),
                    (span(TEXT, "Graustark"),), None, None, None, EVENT.contexts)  # fmt: skip
    return replace(one, **other)  # type: ignore[arg-type]


def count(*events: GoldEvent, who: Who = WHO) -> tuple[Counter[str], list[str]]:
    c: Counter[str] = Counter()
    report = GoldReport("gazette_2023-03-01_x", "2023-03-01", "article", TEXT, events)
    return c, tally(report, [who] * len(events), RECORD, c)


def test_what_is_all_right_counts_everywhere() -> None:
    c, wrong = count(told())
    assert wrong == []
    found = scores(c)
    assert found["type"] == found["type and country"] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert found["actors"] == found["recipients"] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert (found["speaker"], found["status"], found["day"]) == (100.0, 100.0, 100.0)


ENVOY = (span(TEXT, "envoy"),)


@pytest.mark.parametrize(
    ("other", "who", "measure"),
    [
        ({}, replace(WHO, actors=("Ruritania/GRA",)), "type and country"),
        ({"actors": ENVOY}, replace(WHO, actors=("Rudolf V/RUR",)), "actors"),
        ({"recipients": ENVOY}, replace(WHO, recipients=("Black Michael/GRA",)), "recipients"),
        ({}, replace(WHO, speaker=""), "speaker"),
        ({"status": "happened"}, WHO, "status"),
        ({}, replace(WHO, days="2023-03-02"), "day"),
        ({}, replace(WHO, place="Zenda/RUR"), "place"),
        ({}, replace(WHO, place="-"), "place"),
        ({"modes": ("",)}, WHO, "modes"),
        ({"contexts": ("lgbt",)}, WHO, "contexts"),
    ],
)
def test_each_measure_falls_by_its_own_fault(other: dict[str, object], who: Who, measure: str) -> None:
    found = scores(count(told(**other), who=who)[0])
    shares = {name: score["F1"] if isinstance(score, dict) else score for name, score in found.items()}
    assert [name for name, score in shares.items() if score == 0] == [measure]


def test_a_state_at_a_town_s_words_is_not_the_town() -> None:
    assert EVENT.place is not None
    state = replace(EVENT.place, name="Ruritania", resolution="country")
    record = replace(RECORD, coded=replace(RECORD.coded, events=(replace(EVENT, place=state),)))
    c: Counter[str] = Counter()
    tally(GoldReport("gazette_2023-03-01_x", "2023-03-01", "article", TEXT, (told(),)), [WHO], record, c)
    assert (c["place guess"], c["place right"]) == (1, 0)


def test_an_event_may_be_found_where_it_is_told_again() -> None:
    c, _ = count(told(trigger=span(TEXT, "said"), again=(span(TEXT, "invited"),)))
    assert c["type hit"] == 1
    c, wrong = count(told(trigger=span(TEXT, "said")))
    assert c["type hit"] == 0 and [line.split()[1] for line in wrong] == ["made", "missed"]


def test_an_event_told_twice_is_found_once_and_the_right_type_first() -> None:
    at = EVENT.trigger.end + 1
    twice = replace(EVENT, event_type="REQUEST"), EVENT, replace(EVENT, trigger=Span(at, at + 4))
    gold = told(again=((at, at + 4),))
    assert found_by([gold], twice) == [(gold, EVENT)]


def test_two_annotations_agree_on_an_event_told_at_other_places() -> None:
    def report(*events: GoldEvent) -> GoldReport:
        return GoldReport("gazette_2023-03-01_x", "2023-03-01", "article", TEXT, events)

    elsewhere = told(trigger=span(TEXT, "said"), again=(span(TEXT, "invited"),), status="happened", actors=())
    found = agreement([report(told(), told(trigger=span(TEXT, "talks")))], [report(elsewhere)])
    assert found == {"events": 66.67, "type": 100.0, "status": 0.0, "actors": None, "recipients": None}
    assert agreement([report(told())], [report(told(actors=()))])["actors"] == 0.0


def test_another_type_or_status_is_told() -> None:
    c, wrong = count(told(event_type="REQUEST", status="happened"))
    assert (c["matched"], c["type hit"], c["status"]) == (1, 0, 0)
    assert "type AGREE for REQUEST" in wrong[0]


def test_names_of_one() -> None:
    assert shares_name("Rudolf Rassendyll", "Rassendyll") and shares_name("the Ministry of War", "War Ministry")
    assert not shares_name("Rudolf Rassendyll", "Rudolf Elphberg") and not shares_name("", "Rudolf")


def test_who_has_no_name_is_known_by_the_words() -> None:
    def party(words: str, name: str, at: int = 0) -> Party:
        return Party((at, at + len(words)), words, name, "RUR")

    crowd = party("villagers", "villagers")
    assert same_party(crowd, party("ten villagers", "ten villagers"))
    assert not same_party(crowd, party("guards", "guards", 40))
    state, government = party("the government", "Ruritania"), party("the government", "the government")
    assert same_party(state, government) and not same_party(state, replace(government, country="GRA"))
    he = party("he", "Rudolf Rassendyll")
    assert same_party(he, party("he", "Rassendyll")) and not same_party(he, party("he", "he"))
    assert not same_party(he, party("he", "Black Michael"))
