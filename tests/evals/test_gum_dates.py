"""How dated expressions are counted against those that GUM marks; no model is loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import gum_dates
from gum_dates import GoldDate, GoldDocument
from tests.store.samples import article, record
from turnstone.errors import ReadingError
from turnstone.records import DateMention, Granularity, Record

LINES = """\
# newdoc id = GUM_news_made
# meta::dateCreated = 2021-05-04
# newpar
# sent_id = 1
1	They	they	PRON	PRP	_	2	nsubj	_	_
2	met	meet	VERB	VBD	_	0	root	_	_
3	on	on	ADP	IN	_	4	case	_	_
4	May	May	PROPN	NNP	_	2	obl	_	XML=<hi rend:::"bold"><date when:::"2021-05-02">
5	2	2	NUM	CD	_	4	nmod	_	SpaceAfter=No|XML=</date></hi>
6	.	.	PUNCT	.	_	2	punct	_	_

# sent_id = 2
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VBP	_	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	wait	wait	VERB	VB	_	0	root	_	_
3.1	_	_	_	_	_	_	_	_	_
4	since	since	ADP	IN	_	5	case	_	_
5	1999	1999	NUM	CD	_	3	obl	_	SpaceAfter=No|XML=<date from:::"1999"></date>
6	.	.	PUNCT	.	_	3	punct	_	_

# newpar
# sent_id = 3
1	In	in	ADP	IN	_	2	case	_	_
2	508	508	NUM	CD	_	0	root	_	XML=<date when:::"-0508">
3	BC	BC	ADV	RB	_	2	advmod	_	XML=</date>
"""


def gold(start: int, end: int, **attributes: str) -> GoldDate:
    found = gum_dates.gold_date(start, end, attributes)
    assert found is not None
    return found


def ours(start: int, end: int, first: str, last: str, granularity: Granularity = "day") -> DateMention:
    return DateMention(start, end, date.fromisoformat(first), date.fromisoformat(last), granularity)


def test_a_document_is_its_words_with_the_dates_that_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "dev.conllu"
    path.write_text(LINES, encoding="utf-8")
    (document,) = gum_dates.read_gold(path)
    assert document.text == "They met on May 2. Don't wait since 1999.\n\nIn 508 BC"
    assert document.published == date(2021, 5, 4)
    words = [document.text[one.start : one.end] for one in document.dates]
    assert words == ["May 2", "1999", "508 BC"]
    assert [one.sort for one in document.dates] == ["exact", "bounds", "no days"]


def test_what_is_no_gum_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dev.conllu"
    path.write_text("1\tIn\tin\n", encoding="utf-8")
    with pytest.raises(ReadingError, match="newdoc"):
        gum_dates.read_gold(path)
    path.write_text(LINES.replace("dateCreated", "dateCollected"), encoding="utf-8")
    with pytest.raises(ReadingError, match="GUM_news_made"):
        gum_dates.read_gold(path)


@pytest.mark.parametrize(
    ("attributes", "first", "last", "granularity"),
    [
        ({"when": "2021-05-02"}, "2021-05-02", "2021-05-02", "day"),
        ({"when": "1880-02"}, "1880-02-01", "1880-02-29", "month"),
        ({"when": "1999"}, "1999-01-01", "1999-12-31", "year"),
        ({"from": "1830-01-01", "to": "1839-12-31"}, "1830-01-01", "1839-12-31", "decade"),
        ({"from": "1900-01-01", "to": "1999-12-31"}, "1900-01-01", "1999-12-31", "range"),
        ({"from": "2012-06", "to": "2012-09"}, "2012-06-01", "2012-09-30", "range"),
    ],
)
def test_days_and_granularity_of_what_is_marked(
    attributes: dict[str, str], first: str, last: str, granularity: str
) -> None:
    one = gold(0, 4, **attributes)
    assert (one.sort, one.first_day, one.last_day) == ("exact", date.fromisoformat(first), date.fromisoformat(last))
    assert one.granularity == granularity


def test_bounds_and_days_that_cannot_be_told() -> None:
    assert gold(0, 4, notBefore="2005", notAfter="2015").sort == "bounds"
    assert gold(0, 4, to="0394").first_day is None
    assert {gold(0, 4, when=value).sort for value in ("-0508", "--09", "0000")} == {"no days"}
    assert gum_dates.gold_date(0, 4, {"rend": "bold"}) is None


def test_a_value_is_right_with_exactly_its_days() -> None:
    one = gold(0, 5, when="2021-05")
    assert gum_dates.outcome(one, [one], [ours(2, 9, "2021-05-01", "2021-05-31", "month")]) == ("right", True)
    assert gum_dates.outcome(one, [one], [ours(2, 9, "2021-05-01", "2021-05-30", "range")]) == ("wrong", False)
    assert gum_dates.outcome(one, [one], [ours(5, 9, "2021-05-01", "2021-05-31", "month")]) == ("not found", False)
    twice = [ours(0, 2, "2021-05-01", "2021-05-31", "month"), ours(3, 5, "2021-05-01", "2021-05-31", "month")]
    assert gum_dates.outcome(one, [one], twice) == ("wrong", False)


def test_a_week_is_one_of_the_ranges() -> None:
    one = gold(0, 5, **{"from": "2021-05-03", "to": "2021-05-09"})
    assert gum_dates.outcome(one, [one], [ours(0, 5, "2021-05-03", "2021-05-09", "week")]) == ("right", True)


def test_both_ends_of_a_range_are_right_when_it_is() -> None:
    ends = [gold(8, 17, when="2003-07"), gold(22, 35, when="2004-12")]
    right, wrong = ours(0, 35, "2003-07-01", "2004-12-31", "range"), ours(0, 35, "2003-07-01", "2004-12-01", "range")
    assert [gum_dates.outcome(one, ends, [right]) for one in ends] == [("right", True)] * 2
    assert [gum_dates.outcome(one, ends, [wrong])[0] for one in ends] == ["wrong"] * 2


def test_within_bounds_is_right_and_nothing_is_right_where_there_are_no_days() -> None:
    bound, none = gold(0, 5, notAfter="2015"), gold(0, 5, when="-0508")
    early, late = ours(0, 5, "2014-01-01", "2014-12-31", "year"), ours(0, 5, "2015-06-01", "2016-06-01", "range")
    assert [gum_dates.outcome(bound, [bound], [one])[0] for one in (early, late)] == ["right", "wrong"]
    assert [gum_dates.outcome(none, [none], found)[0] for found in ([], [early])] == ["right", "wrong"]


def test_a_document_is_counted_and_faults_are_told() -> None:
    text = "On May 2 they met; in June they did not; today they may."
    found = (ours(3, 8, "2021-05-02", "2021-05-02"), ours(41, 46, "2021-05-04", "2021-05-04"))

    class Recorded:
        def code(self, _: object) -> Record:
            whole = record(article("x"))
            return replace(whole, resolved=replace(whole.resolved, dates=found))

    pipeline: Any = Recorded()
    dates = (gold(3, 8, when="2021-05-02"), gold(22, 26, when="2021-06"))
    counts, wrong = gum_dates.score(pipeline, GoldDocument("d", date(2021, 5, 4), text, dates))
    assert +counts == {
        ("exact", "right"): 1, ("exact", "granularity"): 1, ("exact", "not found"): 1, ("", "unmarked"): 1,
    }  # fmt: skip
    assert len(wrong) == 2 and "'June'" in wrong[0] and "unmarked: 'today'" in wrong[1]


def test_a_line_a_sort() -> None:
    counts = Counter({("exact", "right"): 3, ("exact", "not found"): 1, ("exact", "granularity"): 2})
    lines = gum_dates.rows(counts)
    assert lines[1].split() == ["exact", "4", "3", "0", "1", "75.0", "100.0"]
    assert lines[2].split() == ["bounds", "0", "0", "0", "0", "-", "-"]
    assert "2 of 3 right, 66.7 %" in lines[4] and lines[5].endswith(": 0")
