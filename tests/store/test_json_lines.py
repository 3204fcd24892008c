from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.samples import article, record, span
from turnstone.errors import StoreError
from turnstone.records import (
    Analysis,
    Attribution,
    Coded,
    Mention,
    Participant,
    Record,
    Resolved,
    Span,
    Token,
)
from turnstone.store.json_lines import CONTRACT, as_json, as_line, record_of

DOCS = Path(__file__).parents[2] / "docs" / "analyse-format.md"


def full() -> Record:
    """Every layer has something, and the event is told by one who is told by another."""
    made = record(article("7", title="Talks", publisher="RNA", author="A", url="https://example.org/7"))
    text = made.article.text
    words = [span(text, word) for word in ("Ruritania", "invited", "Graustark")]
    heads = (1, -1, 1)
    tokens = tuple(
        Token(start, end, "PROPN", text[start:end].lower(), head, "nsubj")
        for (start, end), head in zip(words, heads, strict=True)
    )
    mention = Mention(*words[0], "GPE", "ruritania", "Ruritania", "RUR", ("GOV",), "a state's name")
    outer = Attribution((Span(*words[2]),), (), (Span(0, 60),), Participant(*words[2], "RNA"), "RNA", -1)
    inner = replace(made.coded.attributions[0], within=1)
    return replace(
        made,
        analysis=Analysis(tokens, ((0, 3),), (), (), ()),
        resolved=Resolved((mention,), made.resolved.dates, made.resolved.places),
        coded=replace(made.coded, attributions=(inner, outer)),
    )


def keys(value: Any, prefix: str = "") -> set[str]:
    """Every path of keys in a JSON value; [] stands for the items of a list."""
    if isinstance(value, dict):
        return {path for name, one in value.items() for path in {f"{prefix}{name}", *keys(one, f"{prefix}{name}.")}}
    if isinstance(value, list):
        return {path for one in value for path in keys(one, prefix[:-1] + "[].")}
    return set()


def test_the_contract_has_the_promised_keys() -> None:
    found = as_json(full())
    assert set(found) >= set("id published text sentences tokens mentions dates places attributions events".split())
    promised = {
        "sentences": "start end",
        "tokens": "start end upos lemma head relation",
        "mentions": "start end kind entity_id name country sectors",
        "dates": "start end first_day last_day granularity",
        "places": "start end name country geonames_id latitude longitude",
        "attributions": "source cue content",
        "events": "id event_type modes contexts quad score actors recipients status first_day last_day place"
        " attribution trigger evidence confidence",
    }
    for name, columns in promised.items():
        assert set(found[name][0]) >= set(columns.split()), name
    for role in ("actors", "recipients"):
        assert set(found["events"][0][role][0]) == set("start end name entity_id country sectors".split())


def test_values_are_plain_and_true_of_the_text() -> None:
    found = as_json(full())
    text = found["text"]
    assert found["contract"] == CONTRACT == "turnstone-analyse/1"
    assert found["published"] == "2023-03-01"
    assert [token["head"] for token in found["tokens"]] == [1, -1, 1]
    assert [text[one["start"] : one["end"]] for one in found["tokens"]] == ["Ruritania", "invited", "Graustark"]
    assert text[found["sentences"][0]["start"] : found["sentences"][0]["end"]] == "Ruritania invited Graustark"
    event = found["events"][0]
    assert (event["first_day"], event["last_day"], event["granularity"]) == ("2023-03-03", "2023-03-03", "day")
    assert text[event["trigger"]["start"] : event["trigger"]["end"]] == "invited"
    assert event["attribution"] == {
        "index": 0,
        "speaker": {"name": "an envoy", "entity_id": "", "country": "RUR", "sectors": ["GOV"]},
        "outlet": "RNA",
        "chain": ["an envoy", "RNA"],
    }
    assert found["attributions"][0]["within"] == 1
    assert [one["kind"] for one in found["attributions"]] == ["indirect", ""]
    assert found["contexts"] == ["diplomatic"]
    assert json.loads(as_line(full())) == found


def test_what_is_not_there_is_null() -> None:
    made = full()
    event = replace(made.coded.events[0], place=None, attribution=-1)
    unnamed = replace(made.coded.attributions[0], speaker=None, within=-1)
    found = as_json(replace(made, coded=Coded((unnamed,), (event, replace(event, id="2", attribution=0)))))
    assert found["events"][0]["place"] is None
    assert found["events"][0]["attribution"] is None
    assert found["events"][1]["attribution"]["speaker"] is None
    assert found["attributions"][0]["speaker"] is None


def test_attributions_within_each_other_end() -> None:
    made = full()
    inner, outer = made.coded.attributions
    turning = replace(made, coded=Coded((inner, replace(outer, within=0)), made.coded.events))
    assert as_json(turning)["events"][0]["attribution"]["chain"] == ["an envoy", "RNA"]


def test_a_line_comes_back_as_the_record() -> None:
    assert record_of(as_line(full()), "x:1") == full()
    nothing = Record(article("1", "Nothing."), Analysis((), (), (), (), ()), Resolved((), (), ()))
    assert record_of(as_line(nothing), "x:1") == nothing


@given(st.text(st.characters(exclude_categories=["Cs"])), st.dates(date(1600, 1, 1)))
@settings(max_examples=50, deadline=None)
def test_any_text_is_one_line_and_comes_back(text: str, day: date) -> None:
    given_text = replace(article("1", text), published=day)
    made = Record(given_text, Analysis((), (), (), (), ()), Resolved((), (), ()))
    line = as_line(made)
    assert len(line.splitlines()) == 1
    assert record_of(line, "x:1") == made


def test_keys_added_later_are_passed_over() -> None:
    value = as_json(full())
    value["added"] = value["events"][0]["added"] = value["tokens"][0]["added"] = 1
    assert record_of(json.dumps(value), "x:1") == full()


def test_a_line_written_before_a_key_was_added_is_read_without_it() -> None:
    value = as_json(full())
    del value["contexts"], value["attributions"][0]["kind"], value["attributions"][1]["kind"]
    for place in (*value["places"], *(event["place"] for event in value["events"] if event["place"])):
        del place["resolution"]
    made = full()
    plain = tuple(replace(one, kind="") for one in made.coded.attributions)
    events = tuple(
        replace(one, place=replace(one.place, resolution="") if one.place else None) for one in made.coded.events
    )
    places = tuple(replace(one, resolution="") for one in made.resolved.places)
    older = replace(made, resolved=replace(made.resolved, places=places), coded=Coded(plain, events))
    assert record_of(json.dumps(value), "x:1") == older


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1"}', '{"contract": "turnstone-analyse/2"}'])
def test_another_line_is_an_error_that_names_it(line: str) -> None:
    with pytest.raises(StoreError, match=r"^x:3: .*turnstone analyse"):
        record_of(line, "x:3")


def test_a_broken_value_is_an_error_that_names_it() -> None:
    value = as_json(full())
    del value["events"][0]["status"]
    with pytest.raises(StoreError, match=r"x:3: .*status"):
        record_of(json.dumps(value), "x:3")


def test_the_documentation_names_every_key_and_no_other() -> None:
    text = DOCS.read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
    assert documented == keys(as_json(full()))
    assert f"`{CONTRACT}`" in text
