"""How what was found on a gold set becomes the scores of its floors; no model is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import floors
import gold_scores
from gate import FLOORS, ROOT
from tests.store.samples import article, record
from turnstone.errors import ReadingError
from turnstone.evaluation import Report, evaluate
from turnstone.records import Article, Record
from turnstone.resolution.dates import find_dates
from turnstone.store.json_lines import as_line

# --- events of the corpus


def report(tmp_path: Path, predicted: Mapping[str, str], lacking: Sequence[str] = ()) -> Report:
    """Articles of one AGREE each, predicted as told by id; those lacking have their event found nowhere."""
    gold, guess = tmp_path / "gold.jsonl", tmp_path / "guess.jsonl"
    lines, guessed = [], []
    for key, event_type in predicted.items():
        one = record(article(key))
        lines.append(as_line(one))
        coded = replace(
            one.coded,
            events=tuple(replace(e, event_type=event_type) for e in one.coded.events if key not in lacking),
        )
        guessed.append(as_line(replace(one, coded=coded)))
    gold.write_text("\n".join(lines) + "\n", encoding="utf-8")
    guess.write_text("\n".join(guessed) + "\n", encoding="utf-8")
    return evaluate(gold, guess, "events", samples=0)


def test_types_are_scored_on_the_triggers_that_were_found(tmp_path: Path) -> None:
    found = report(tmp_path, {"1": "AGREE", "2": "AGREE", "3": "CONSULT", "4": "AGREE"}, lacking="4")
    # AGREE: two right, one taken for CONSULT; CONSULT: none right, one wrong
    assert gold_scores.type_macro(found) == round(100 * (4 / 5 + 0) / 2, 2)
    assert gold_scores.event_scores(found)["corpus-trigger-and-type"] == round(100 * 2 * 2 / 7, 2)


def test_scores_of_events_that_are_all_right(tmp_path: Path) -> None:
    scores = gold_scores.event_scores(report(tmp_path, {"1": "AGREE", "2": "AGREE"}))
    assert set(scores) == set(floors.read(ROOT / FLOORS)[-1].floors)
    assert set(scores.values()) <= {100.0, None}
    assert scores["corpus-type-macro"] == scores["corpus-status"] == 100.0


def test_no_trigger_found_is_nothing_to_count(tmp_path: Path) -> None:
    scores = gold_scores.event_scores(report(tmp_path, {"1": "AGREE", "2": "AGREE"}, lacking="12"))
    assert scores["corpus-type-macro"] is None and scores["corpus-status"] is None
    assert scores["corpus-trigger-and-type"] == 0.0


class Recorded:
    """A pipeline that finds in every text the events of a sample."""

    def code(self, one: Article) -> Record:
        made = record(article("x"))
        assert one.text == made.article.text
        return replace(made, article=one)


def test_reports_are_coded_and_scored(tmp_path: Path) -> None:
    packaged = gold_scores.Packaged()
    packaged.__dict__["pipeline"] = Recorded()
    one = record(article("x"))
    (event,) = one.coded.events
    word = one.article.text[event.trigger.start : event.trigger.end]
    path = tmp_path / "corpus_test.txt"
    path.write_text(f"## a | 2023-03-21 | flash\n{one.article.text}\nE {word} | {event.event_type} | {event.status}\n")
    scores = gold_scores.events(packaged, [path])
    assert scores["corpus-trigger-and-type"] == scores["corpus-type-macro"] == scores["corpus-status"] == 100.0
    for head, reason in (("2023-13-21", "report a: month must be"), ("once", "corpus_test.txt:1: header must be")):
        path.write_text(f"## a | {head} | flash\n{one.article.text}\n")
        with pytest.raises(ReadingError, match=reason):
            gold_scores.events(packaged, [path])


# --- dated expressions


class Dating:
    """A pipeline that reads dates and does nothing else."""

    def code(self, one: Article) -> Record:
        made = record(article("x"))
        found = find_dates(one.text, one.published)
        return replace(made, article=one, resolved=replace(made.resolved, dates=found))


def test_dates_are_scored_by_line(tmp_path: Path) -> None:
    packaged = gold_scores.Packaged()
    packaged.__dict__["pipeline"] = Dating()
    path = tmp_path / "dates.tsv"
    head = "published\tsentence\texpression\tfirst_day\tlast_day\tgranularity\n"
    two = "2023-03-21\tIt fell on 3 May 2001 and in 2003."
    lines = (
        f"{two}\t3 May 2001\t2001-05-03\t2001-05-03\tday\n"
        f"{two}\tin 2003\t2003-01-01\t2003-12-30\tyear\n"
        "2023-03-21\tNothing fell.\t-\t-\t-\t-\n"
        "2023-03-21\tIt fell in 2003.\t-\t-\t-\t-\n"
    )
    path.write_text(head + lines, encoding="utf-8")
    assert gold_scores.dates(packaged, [path]) == {"dates-value": 50.0}
    path.write_text(head, encoding="utf-8")
    assert gold_scores.dates(packaged, [path]) == {"dates-value": None}
    path.write_text(head + lines.replace("2023-03-21", "once"), encoding="utf-8")
    with pytest.raises(ReadingError, match="mend its date"):
        gold_scores.dates(packaged, [path])
