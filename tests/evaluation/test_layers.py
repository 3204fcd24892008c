from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.evaluation.comparison import Comparison
from turnstone.evaluation.documents import Answer, Dated, Happening, Known, Located, Named, Party, Statement, Word
from turnstone.evaluation.layers import attributions, dates, events, mentions, pairs, parse, places
from turnstone.evaluation.matching import Matched, Pair
from turnstone.evaluation.report import Measure
from turnstone.evaluation.scores import measured
from turnstone.records import Span

WORDS = tuple(Span(i, i + 2) for i in range(0, 20, 2))
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 15), st.integers(1, 5))
PIECES = st.lists(SPANS, max_size=2).map(tuple)
PARTIES = st.lists(
    st.builds(Party, st.lists(SPANS, max_size=1).map(tuple), st.sampled_from(["", "SYR", "TUR"])), max_size=3
).map(tuple)
DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 3))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "parse": st.builds(
        Word, st.sampled_from(["NOUN", "VERB"]), st.integers(0, 2), st.sampled_from(["obl", "nmod", "nmod:poss"])
    ),
    "mentions": st.builds(Named, SPANS, st.sampled_from(["PER", "ORG", "LOC", "GPE", "OTHER"])),
    "attributions": st.builds(Statement, PIECES, PIECES, PIECES),
    "events": st.builds(
        Happening,
        PIECES,
        st.sampled_from(["AID", "CONCEDE", "RETREAT", "YIELD"]),
        st.sampled_from([None, "happened", "future"]),
        st.sampled_from([None, frozenset(), frozenset({"release"})]),
        PARTIES,
        PARTIES,
    ),
    "pairs": st.builds(Answer, st.sampled_from(["AID", "YIELD"]), st.integers(1, 4), st.sampled_from(["s", "t", "u"])),
    "dates": st.builds(Dated, SPANS, DAYS, DAYS, st.sampled_from(["day", "week"])),
    "places": st.builds(
        Located,
        SPANS,
        st.none() | st.integers(1, 3),
        st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    ),
}
COMPARE: dict[str, Callable[[Matched[Any]], Comparison]] = {
    "parse": parse.compare,
    "mentions": mentions.compare,
    "attributions": attributions.compare,
    "events": events.compare,
    "pairs": pairs.compare,
    "dates": dates.compare,
    "places": places.compare,
}


def matched(*articles: tuple[Any, Any]) -> Matched[Any]:
    return Matched(tuple(Pair(tuple(gold), tuple(got), WORDS) for gold, got in articles), "id", (), 0)


def scores(layer: str, *articles: tuple[Any, Any], samples: int = 0) -> tuple[Measure, ...]:
    found = COMPARE[layer](matched(*articles))
    return measured(found.units, found.wanted, samples, 0)


def score(layer: str, name: str, gold: Any, predicted: Any) -> float | None:
    """The accuracy or F1 of a measure over one article."""
    (found,) = [one for one in scores(layer, (gold, predicted)) if one.name == name and not one.label and one.counts]
    return found.scores["accuracy" if "accuracy" in found.scores else "F1"].value


def articles(layer: str, both: bool) -> st.SearchStrategy[list[tuple[Any, Any]]]:
    """Golds with predictions (or with themselves), as many values as the layer has in both."""
    values = VALUES[layer]
    if layer == "pairs":
        side = st.lists(values, min_size=1, max_size=1)
        other = st.lists(values, max_size=1)
    elif layer == "parse":
        side, other = st.lists(values, min_size=3, max_size=3), st.lists(values, min_size=3, max_size=3)
    else:
        side = other = st.lists(values, max_size=4)
    return st.lists(st.tuples(side, other) if both else side.map(lambda one: (one, one)), min_size=1, max_size=5)


@pytest.mark.parametrize("layer", VALUES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_perfect_prediction_scores_1(layer: str, data: st.DataObject) -> None:
    given_ = [(gold, data.draw(st.permutations(got)) if layer != "parse" else got)
              for gold, got in data.draw(articles(layer, both=False))]  # fmt: skip
    found = COMPARE[layer](matched(*given_))
    measures = measured(found.units, found.wanted, 20, 0)
    for one in measures:
        for value in one.scores.values():
            assert value.value in (None, 1) and value.low == value.high == value.value, one
    assert not any(found.ranked().values())


@pytest.mark.parametrize("layer", VALUES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_scores_are_shares_whatever_the_order(layer: str, data: st.DataObject) -> None:
    drawn = data.draw(articles(layer, both=True))
    first = scores(layer, *drawn, samples=20)
    assert scores(layer, *data.draw(st.permutations(drawn)), samples=20) == first
    for value in (value for one in first for value in one.scores.values()):
        if value.value is not None:
            assert value.low is not None and value.high is not None
            assert 0 <= value.low <= value.value <= value.high <= 1


@pytest.mark.parametrize("layer", sorted(VALUES.keys() - {"pairs", "parse"}))
def test_an_article_without_a_prediction_counts_as_missed(layer: str) -> None:
    value = {
        "mentions": Named(Span(0, 2), "PER"),
        "attributions": Statement((Span(0, 2),), (Span(3, 4),), (Span(6, 9),)),
        "events": Happening((Span(0, 2),), "AID", "happened", frozenset(), (), ()),
        "dates": Dated(Span(0, 2), date(2020, 1, 1), date(2020, 1, 1), "day"),
        "places": Located(Span(0, 2), 7, (1.0, 2.0)),
    }[layer]
    first = scores(layer, ([value], [value]), ([value], []))[0]
    assert first.scores["recall"].value == 0.5 and first.scores["precision"].value == 1


# --- each layer


def test_parse_counts_subtypes() -> None:
    gold = [Word("NOUN", 2, "nmod:poss"), Word("NOUN", 0, "root")]
    got = [Word("NOUN", 2, "nmod"), Word("VERB", 0, "root")]
    assert [score("parse", name, gold, got) for name in ("UPOS", "UAS", "LAS")] == [0.5, 1, 0.5]
    assert [score("parse", name, gold, []) for name in ("UPOS", "UAS", "LAS")] == [0, 0, 0]


def test_mentions_need_words_and_kind() -> None:
    gold = [Named(Span(0, 2), "PER"), Named(Span(4, 6), "LOC")]
    got = [Named(Span(0, 2), "ORG"), Named(Span(4, 6), "GPE"), Named(Span(7, 8), "OTHER")]
    assert score("mentions", "words and kind", gold, got) == 0.5
    assert score("mentions", "words", gold, got) == 1
    ranked = mentions.compare(matched((gold, got))).ranked()["kind"]
    assert [(one.gold, one.predicted, one.count) for one in ranked] == [("PER", "ORG", 1)]


def test_gold_with_gpe_and_other_is_asked_for_them() -> None:
    gold = [Named(Span(0, 2), "GPE"), Named(Span(4, 6), "OTHER")]
    assert score("mentions", "words and kind", gold, [Named(Span(0, 2), "LOC"), Named(Span(4, 6), "OTHER")]) == 0.5


def test_attributions_by_words_and_by_whole_roles() -> None:
    gold = [Statement((Span(0, 4),), (Span(4, 6),), (Span(8, 14),))]
    got = [Statement((Span(0, 2), Span(2, 4)), (Span(4, 6),), (Span(8, 12),))]
    assert score("attributions", "source, exact", gold, got) == 1
    assert score("attributions", "content, exact", gold, got) == 0
    assert score("attributions", "content, words", gold, got) == pytest.approx(2 * 2 / 5)
    assert score("attributions", "statement, exact", gold, got) == 0


def happening(trigger: int, event_type: str, **more: Any) -> Happening:
    return Happening(
        (Span(trigger, trigger + 3),),
        event_type,
        more.get("status", "happened"),
        more.get("modes", frozenset()),
        tuple(Party((Span(at, at + 2),), country) for at, country in more.get("actors", ())),
        tuple(Party((Span(at, at + 2),), country) for at, country in more.get("recipients", ())),
        more.get("days"),
        more.get("place"),
        more.get("speaker"),
        more.get("contexts"),
    )


def test_events_are_found_by_their_triggers() -> None:
    gold = [happening(0, "AID"), happening(10, "COERCE"), happening(20, "PROTEST")]
    got = [happening(1, "AID", status="future"), happening(11, "ASSAULT"), happening(30, "PROTEST")]
    assert score("events", "trigger", gold, got) == pytest.approx(2 / 3)
    assert score("events", "trigger and type", gold, got) == pytest.approx(1 / 3)
    assert score("events", "type", gold, got) == 0.5
    assert score("events", "status", gold, got) == 0.5
    assert score("events", "whole event", gold, got) == 0
    found = events.compare(matched((gold, got))).ranked()
    assert {(one.gold, one.predicted) for one in found["type"]} == {
        ("COERCE", "ASSAULT"), ("PROTEST", "-"), ("-", "PROTEST")
    }  # fmt: skip
    assert [(one.gold, one.predicted) for one in found["status"]] == [("happened", "future")]


def test_of_two_events_on_one_trigger_those_of_a_type_go_together() -> None:
    gold = [happening(0, "SANCTION"), happening(0, "COERCE")]
    assert score("events", "trigger and type", gold, [happening(1, "COERCE"), happening(1, "SANCTION")]) == 1


def test_participants_by_overlap_and_by_country() -> None:
    gold = [happening(0, "AID", actors=[(4, "SYR"), (8, "TUR")], recipients=[(12, "")])]
    got = [happening(0, "AID", actors=[(5, "SYR")], recipients=[(12, "IRQ")])]
    assert score("events", "actors", gold, got) == pytest.approx(2 / 3)
    assert score("events", "actors' countries", gold, got) == pytest.approx(2 / 3)
    assert score("events", "recipients", gold, got) == 1
    assert score("events", "recipients' countries", gold, got) == 0
    assert score("events", "whole event", gold, got) == 0


def test_what_the_gold_does_not_say_is_not_scored() -> None:
    gold = [happening(0, "AID", status=None, modes=None)]
    got = [happening(0, "AID", status="future", modes=frozenset({"x"}))]
    names = {one.name for one in scores("events", (gold, got))}
    assert not names & {"status", "modes", "contexts", "actors' countries", "first day", "days", "place", "speaker"}
    assert score("events", "whole event", gold, got) == 1


def test_days_place_and_speaker_of_the_events_found() -> None:
    march, april = (date(2026, 3, 1), date(2026, 3, 1)), (date(2026, 3, 1), date(2026, 4, 30))
    zenda, strelsau, rupert = Known("Zenda", "77"), Known("Strelsau"), Known("Rupert Hentzau", "hentzau")
    gold = [
        happening(0, "AID", days=march, place=(zenda,), speaker=(rupert,)),
        happening(10, "AID", days=march, place=(strelsau,), speaker=()),
        happening(20, "AID", days=march, place=(), speaker=(rupert,)),
    ]
    got = [
        happening(0, "AID", days=march, place=(Known("Zenda Castle", "77"),), speaker=(Known("He", "hentzau"),)),
        happening(10, "AID", days=april, place=(Known("strelsau", "5"),), speaker=(rupert,)),
        happening(20, "AID", place=(zenda,), speaker=(Known("Rupert  hentzau"),)),
    ]
    assert score("events", "first day", gold, got) == pytest.approx(2 / 3)
    assert score("events", "days", gold, got) == pytest.approx(1 / 3)
    assert score("events", "place", gold, got) == pytest.approx(2 * 2 / 5)
    assert score("events", "speaker", gold, got) == pytest.approx(2 * 2 / 5)
    (place,) = (one for one in scores("events", (gold, got)) if one.name == "place")
    assert place.counts == {"found": 2, "gold": 2, "predicted": 3}


def test_contexts_of_events_whose_type_is_right() -> None:
    gold = [happening(0, "ASSAULT", contexts=frozenset({"military", "health"})), happening(9, "ASSAULT")]
    got = [happening(0, "ASSAULT", contexts=frozenset({"health"})), happening(9, "AID", contexts=frozenset({"health"}))]
    assert score("events", "contexts", gold, got) == pytest.approx(2 / 3)
    assert score("events", "contexts", gold, [happening(0, "ASSAULT"), happening(9, "ASSAULT")]) == 0


def test_modes_of_events_whose_type_is_right() -> None:
    gold = [happening(0, "ASSAULT", modes=frozenset({"drone", "targeted"})), happening(9, "ASSAULT")]
    got = [happening(0, "ASSAULT", modes=frozenset({"drone"})), happening(9, "COERCE", modes=frozenset({"seize"}))]
    assert score("events", "modes", gold, got) == pytest.approx(2 / 3)


def test_a_gold_event_without_a_trigger_goes_by_its_type() -> None:
    gold = [Happening((), "AID", None, None, (), ())]
    assert score("events", "trigger and type", gold, [happening(0, "COERCE"), happening(5, "AID")]) == pytest.approx(
        2 / 3
    )
    assert "1 gold events have no trigger" in events.compare(matched((gold, []))).notes[0]


def test_yield_is_concede_and_retreat() -> None:
    gold = [happening(0, "YIELD"), happening(9, "YIELD")]
    assert score("events", "trigger and type", gold, [happening(0, "CONCEDE"), happening(9, "RETREAT")]) == 1


def test_pairs_by_class_and_quad() -> None:
    given_ = (
        ([Answer("AID", 2, "s")], [Answer("AID", 2, "s")]),
        ([Answer("AGREE", 1, "s")], [Answer("SUPPORT", 1, "s")]),
        ([Answer("REJECT", 3, "t")], []),
    )
    found = {(one.name, *one.scores): one for one in scores("pairs", *given_) if not one.label}
    assert found["class", "accuracy"].scores["accuracy"].value == pytest.approx(1 / 3)
    assert found["class", "macro F1"].scores["macro F1"].value == pytest.approx(1 / 4)
    assert found["quad", "accuracy"].scores["accuracy"].value == pytest.approx(2 / 3)
    assert len(pairs.compare(matched(*given_)).units) == 2


def test_dates_by_their_days() -> None:
    day = date(2020, 1, 1)
    gold = [Dated(Span(0, 4), day, day, "day"), Dated(Span(6, 8), day, date(2020, 1, 7), "week")]
    got = [Dated(Span(0, 4), day, day, "day"), Dated(Span(5, 8), day, day, "day")]
    assert [score("dates", name, gold, got) for name in ("expression", "expression, exact")] == [1, 0.5]
    assert [score("dates", name, gold, got) for name in ("first day", "last day", "granularity")] == [1, 0.5, 0.5]
    assert score("dates", "expression and both days", gold, got) == 0.5


def test_places_by_distance_and_by_id() -> None:
    gold = [
        Located(Span(0, 4), None, (48.85, 2.35)),
        Located(Span(5, 9), 7, (0.0, 0.0)),
        Located(Span(10, 12), 8, None),
    ]
    got = [Located(Span(0, 4), 1, (49.44, 1.1)), Located(Span(5, 9), 7, (0.0, 1.5)), Located(Span(10, 12), 9, None)]
    assert places.kilometres((48.85, 2.35), (49.44, 1.1)) == pytest.approx(112, abs=2)
    assert places.kilometres((0.0, 179.5), (0.0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert score("places", "toponym", gold, got) == 1
    assert score("places", "within 161 km", gold, got) == 0.5
    assert score("places", "GeoNames id", gold, got) == 0.5
    assert score("places", "toponym within 161 km", gold, got) == pytest.approx(0.5)
    names = {one.name for one in scores("places", (gold[:1], got))}
    assert "within 161 km" in names and "GeoNames id" not in names
