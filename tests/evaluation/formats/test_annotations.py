"""Formats of annotated texts: brat, our corpus, PLOVER JSON, JSON lines, GeoVirus."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.store.samples import article, record
from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Dated, Located, Party, Statement
from turnstone.evaluation.formats import analysed, brat, choice, corpus, geovirus, plover
from turnstone.records import Span
from turnstone.store.json_lines import as_line


def written(path: Path, text: str, name: str = "file") -> Path:
    (path / name).parent.mkdir(exist_ok=True)
    (path / name).write_bytes(text.encode())
    return path / name


# --- brat

TEXT = "Ada said it rained, and left."
ANN = (
    "T1\tSource 0 3\tAda\nT2\tCue 4 8\tsaid\nT3\tContent 9 11;12 18\tit rained\nT4\tAttribution 4 8\tsaid\n"
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content2:T3\n#1\tNote T1\tx\nT5\tCue 24 28\tleft\n"
)


@pytest.mark.parametrize(("text", "ann"), [("a.txt", "a.ann"), ("text/a.txt", "ann/a_1f.ann")])
def test_brat(tmp_path: Path, text: str, ann: str) -> None:
    written(tmp_path, TEXT, text)
    written(tmp_path, ANN, ann)
    (one,) = choice.attributions(tmp_path).documents
    assert one.id == "a" and len(one.words) == 8
    assert one.values == (
        Statement((Span(0, 3),), (Span(3, 7),), (Span(7, 9), Span(9, 15))),
        Statement((), (Span(19, 23),), ()),
    )


def test_brat_says_what_it_left_out(tmp_path: Path) -> None:
    for name, text in (("a.txt", TEXT), ("b.txt", TEXT), ("a_1.ann", ANN), ("a_2.ann", "")):
        written(tmp_path, text, name)
    found = brat.read(tmp_path)
    assert len(found.documents) == 1 and len(found.documents[0].values) == 2
    assert [note[:7] for note in found.notes] == ["1 texts", "1 texts"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Source 0 3", "Source 0 99", r"a.ann:1: 0 to 99 is no place .*a.txt"),
        ("4 8\tsaid\nT3", "5 9\tsaid\nT3", r"a.ann:2: 'aid' stands there .*not 'said'"),
        ("Source 0 3", "Source zero", r"a.ann:1: not id, label"),
        ("Content2:T3", "Content:T9", r"a.ann:5: T9 is marked nowhere"),
    ],
)
def test_brat_that_does_not_fit_its_text_is_told_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    written(tmp_path, TEXT, "a.txt")
    written(tmp_path, ANN.replace(old, new, 1), "a.ann")
    with pytest.raises(ReadingError, match=reason):
        brat.read(tmp_path)


def test_brat_needs_texts_and_annotations(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"holds no \.ann"):
        brat.read(tmp_path)
    written(tmp_path, ANN, "a.ann")
    with pytest.raises(ReadingError, match=r"there is no a\.txt"):
        brat.read(tmp_path)


# --- our corpus

REPORT = (
    "## r-1 | 2020-01-02 | agency\nThe union marched in Bern.\nE marched | PROTEST demo | happened | A: The union\n"
)


def test_our_corpus(tmp_path: Path) -> None:
    path = written(tmp_path, REPORT, "a.txt")
    (one,) = choice.events(path).documents
    (event,) = one.values
    assert (one.id, event.trigger, event.event_type, event.status) == ("r-1", (Span(8, 15),), "PROTEST", "happened")
    assert (event.modes, event.actors, event.recipients) == ({"demo"}, (Party((Span(0, 8),)),), ())
    written(tmp_path, REPORT.replace("r-1", "r-2"), "b.txt")
    assert [one.id for one in corpus.collection(tmp_path).documents] == ["r-1", "r-2"]


def test_a_fault_of_our_corpus_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"file:3: unknown event type 'MARCH'; mend"):
        corpus.collection(written(tmp_path, REPORT.replace("PROTEST", "MARCH")))
    with pytest.raises(ReadingError, match="holds no report"):
        corpus.collection(written(tmp_path, "nothing\n"))


# --- PLOVER JSON

NEW = {
    "id": "n-1",
    "date": "2020-01-02",
    "text": "Norland released two envoys of Sudria.",
    "event": ["RETREAT"],
    "mode": "return",
    "actor": [{"raw_text": "Norland", "code": "NOR"}],
    "recipient": [{"raw_text": "the envoys", "code": "SUD"}],
    "event_text": "released",
}
OLD = """{
    "id": "o-1", "text": "Norland will look, it said, into the sale.",
    "source": [{"actorText": "Norland", "code": "NOR"}],
    "target": [{"actorText": "", "code": "---", "sector": "***"}],
    "event": "INVESTIGATE", "eventText": "will look into", "mode": "", "context": "",
    "textInfo": {"markup": "(SRC: Norland) (EVT: will look), it said, (EVT: into) the sale."},
    "comment": "a comma, ] and } too many",
},
"""


def test_plover_json(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps([NEW]))
    found = choice.events(path)
    (event,) = found.documents[0].values
    assert (event.event_type, event.modes, event.status) == ("RETREAT", {"release"}, None)
    assert event.trigger == (Span(7, 15),)
    assert event.actors == (Party((Span(0, 7),), "NOR"),)
    assert event.recipients == (Party((), "SUD"),)
    assert any(note.startswith("the words of 1 participants") for note in found.notes)


def test_gold_standard_records(tmp_path: Path) -> None:
    found = plover.read(written(tmp_path, OLD + OLD.replace("o-1", "o-2").replace("will look)", "would look)")))
    first, second = found.documents
    (event,), (other,) = first.values, second.values
    assert (event.event_type, event.modes) == ("ACCUSE", None)
    assert [first.ink[one.start : one.end] for one in event.trigger] == ["willlook", "into"]
    assert (event.actors, event.recipients) == ((Party((Span(0, 7),), "NOR"),), ())
    assert other.trigger == ()


@pytest.mark.parametrize(("old", "today"), [("DISAPPROVE", "ACCUSE"), ("FIGHT", "ASSAULT"), ("YIELD", "YIELD")])
def test_types_of_older_drafts(tmp_path: Path, old: str, today: str) -> None:
    (one,) = plover.read(written(tmp_path, json.dumps(NEW | {"event": old, "mode": "", "target": ""}))).documents
    assert one.values[0].event_type == today


@pytest.mark.parametrize(
    ("event", "mode", "today"),
    [
        ("RETREAT", "ease", [("CONCEDE", set())]),
        ("CONCEDE", ["ease"], [("CONCEDE", set())]),
        ("YIELD", "ease", [("CONCEDE", set())]),
        ("YIELD", "return", [("YIELD", {"release"})]),
        ("RETREAT", ["return", "withdraw"], [("RETREAT", {"release", "withdraw"})]),
        ("RETREAT", ["ease", "return"], [("CONCEDE", set()), ("RETREAT", {"release"})]),
        ("COERCE", "ban", [("COERCE", {"restrict"})]),
        (["RETREAT", "AID"], "ease", [("RETREAT", None), ("AID", None)]),
    ],
)
def test_old_modes_are_todays_modes_and_types(
    tmp_path: Path, event: object, mode: object, today: list[tuple[str, set[str] | None]]
) -> None:
    (one,) = plover.read(written(tmp_path, json.dumps(NEW | {"event": event, "mode": mode}))).documents
    assert [(event.event_type, event.modes) for event in one.values] == today


def test_records_of_one_text_are_one_article(tmp_path: Path) -> None:
    second = NEW | {"event": ["AID", "CONSULT"], "mode": []}
    found = plover.read(written(tmp_path, f"{json.dumps(NEW)}\n{json.dumps(second)}\n"))
    assert [[event.event_type for event in one.values] for one in found.documents] == [["RETREAT", "AID", "CONSULT"]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"event": "WAR"}, "event is 'WAR', which is no PLOVER type"),
        ({"event": ""}, "event is missing"),
        ({"text": None}, "text is missing"),
        ({"mode": "fly"}, "'fly' is no mode of RETREAT"),
        ({"event": "ASSAULT", "mode": "ease"}, "'ease' is no mode of ASSAULT"),
        ({"actor": "Norland"}, "actor is 'Norland', not a list"),
        ({"id": 7}, "id is 7, not a string"),
    ],
)
def test_what_is_no_plover_json_is_told_with_its_line(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = written(tmp_path, json.dumps(NEW) + "\n\n" + json.dumps(NEW | change))
    with pytest.raises(ReadingError, match=f"file:3: .*{reason}.*; give PLOVER JSON"):
        plover.read(path)


def test_broken_json_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"file:2: not JSON"):
        plover.read(written(tmp_path, '{"id": "1",\n"text" 7}'))
    with pytest.raises(ReadingError, match=r"file:1: 7 is no record|file:1: '7' is no record"):
        plover.read(written(tmp_path, "[7]"))


# --- JSON lines


def test_json_lines_of_analyse(tmp_path: Path) -> None:
    given = record(article("1", title="Talks"))
    path = written(tmp_path, as_line(given) + "\n")
    (one,) = choice.events(path).documents
    (event,) = one.values
    assert (one.id, one.title, event.event_type, event.status, event.modes) == ("1", 0, "AGREE", "future", {"meet"})
    assert event.actors == (Party((Span(0, 9),), "RUR"),)
    (statement,) = analysed.attributions(path).documents[0].values
    assert len(statement.content) == 1 and analysed.attributions(path).documents[0].words
    (day,) = choice.dates(path).documents[0].values
    assert isinstance(day, Dated) and day.first_day == date(2023, 3, 3)
    (place,) = choice.places(path).documents[0].values
    assert isinstance(place, Located) and (place.geonames_id, place.point) == (None, (50.0, 15.5))
    assert choice.mentions(path).documents[0].values == ()


def test_a_title_before_the_text_is_known(tmp_path: Path) -> None:
    text = "A title\n\nIts text."
    path = written(tmp_path, as_line(record(article("1", text, title="A title"))))
    assert analysed.events(path).documents[0].title == len("Atitle")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"contract": "turnstone-analyse/2"}, "the contract is 'turnstone-analyse/2', not"),
        ({"events": None}, "events is missing"),
        (
            {"events": [{"event_type": "AID", "trigger": {"start": 3, "end": 99}}]},
            r"events\[0\]: trigger: 3 to 99 is no",
        ),
        ({"events": [{"event_type": "AID", "trigger": {"start": "3"}}]}, r"start is '3', not a whole number"),
        ({"events": [7]}, r"events\[0\] is 7, not an object"),
        ({"text": 7}, "text is 7, not a string"),
    ],
)
def test_what_is_not_the_contract_is_told_with_its_line(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    line = as_line(record(article("1")))
    path = written(tmp_path, line + "\n" + json.dumps(json.loads(line) | change) + "\n")
    with pytest.raises(ReadingError, match=f"file:2: .*{reason}.*; give JSON lines"):
        analysed.events(path)


def test_dates_and_places_are_checked(tmp_path: Path) -> None:
    value = json.loads(as_line(record(article("1"))))
    value["dates"][0]["first_day"] = "Friday"
    value["places"][0]["latitude"] = "north"
    path = written(tmp_path, json.dumps(value))
    with pytest.raises(ReadingError, match=r"dates\[0\]: first_day is 'Friday', not a day"):
        analysed.dates(path)
    with pytest.raises(ReadingError, match=r"places\[0\]: latitude is 'north', not a number"):
        analysed.places(path)


# --- GeoVirus

XML = """<articles>
<article><source>http://example.org/1</source><text>Flu in Bern &amp; Ulm</text><locations>
<location><name>Ulm</name><start>15</start><end>18</end><lat>48.4</lat><lon>9.99</lon></location>
</locations></article>
</articles>"""


def test_geovirus(tmp_path: Path) -> None:
    (one,) = choice.places(written(tmp_path, XML)).documents
    assert (one.id, one.ink, one.where) == ("http://example.org/1", "FluinBern&Ulm", f"{tmp_path / 'file'}:2")
    assert one.values == (Located(Span(10, 13), None, (48.4, 9.99)),)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("<start>15", "<start>14", "file:3: '& Ulm' stands there|file:3: ' Ulm' stands there"),
        ("<lat>48.4", "<lat>148.4", "file:3: .* is nowhere on earth"),
        ("<lat>48.4</lat>", "", "file:3: the location cannot be used"),
        ("Flu in Bern &amp; Ulm", " ", "file:2: the article has no text"),
        ("</articles>", "", "file:5: not XML|file:4: not XML"),
        ("<articles>", '<!DOCTYPE a [<!ENTITY b "c">]><articles>', "file:1: entities are not read"),
    ],
)
def test_what_is_no_geovirus_is_told_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        geovirus.read(written(tmp_path, XML.replace(old, new, 1)))
