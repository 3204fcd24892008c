"""Proposed events: their triggers, types and statuses, in the sentences of a window."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tests.analysis.scripted import Scripted, scored, words_of
from tests.builders import parse
from turnstone.analysis.event_model import EventModel
from turnstone.analysis.graphs import Floats, Integers
from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, STATUSES
from turnstone.analysis.looks import TRIGGER_LOGIT, ReadWindow
from turnstone.analysis.model import WindowScores
from turnstone.analysis.proposals import proposals, said_of_contexts
from turnstone.records import Analysis, Article, Proposal, Span

OFFICERS = (
    "Two/NUM/3/nummod senior/ADJ/3/amod officers/NOUN/9/nsubj of/ADP/6/case the/DET/6/det army/NOUN/3/nmod "
    "who/PRON/8/nsubj fled/VERB/3/acl:relcl met/VERB/0/root "
    "Ms/PROPN/9/obj Ade/PROPN/10/flat and/CCONJ/13/cc Bo/PROPN/10/conj"
)
HELPED = "Ade/PROPN/2/nsubj helped/VERB/0/root Bo/PROPN/2/obj"


def propose(
    scores: WindowScores,
    article: Article,
    analysis: Analysis,
    model: EventModel | None = None,
    names: Sequence[tuple[int, int]] = (),
) -> list[Proposal]:
    words = words_of(article, analysis)
    return proposals(model or Scripted(), ReadWindow(scores, words, analysis.tokens, 0, analysis.sentences, names))


def texts(article: Article, spans: Sequence[Span]) -> list[str]:
    return [article.text[span.start : span.end] for span in spans]


def test_who_takes_part_is_told_by_whole_phrases() -> None:
    article, analysis = parse(OFFICERS)
    (event,) = propose(scored(13, {8: 5}, {8: [0, 1, 2]}, {8: [9, 10, 12]}, logit=5), article, analysis)
    assert event.trigger == 8
    assert event.types[0][0] == "CONSULT"
    assert texts(article, event.actors) == ["Two senior officers of the army"]
    assert texts(article, event.recipients) == ["Ms Ade", "Bo"]


def test_a_name_is_one_phrase_whatever_the_tree_says() -> None:
    article, analysis = parse(
        "North/ADJ/4/nsubj Ade/PROPN/1/flat Bay/PROPN/4/nsubj met/VERB/0/root Bo/PROPN/4/obj +,/PUNCT/7/punct "
        "envoy/NOUN/5/appos"
    )
    scores = scored(7, {3: 5}, {3: [0, 1, 2]}, {3: [4, 6]}, logit=5)
    (event,) = propose(scores, article, analysis, names=[(0, 3)])
    assert texts(article, event.actors) == ["North Ade Bay"]
    assert texts(article, event.recipients) == ["Bo"]


def test_a_word_that_is_no_likelier_than_the_least_is_no_trigger() -> None:
    article, analysis = parse(HELPED)
    assert propose(scored(3, {k: TRIGGER_LOGIT for k in range(3)}, {}, {}), article, analysis) == []
    (event,) = propose(scored(3, {1: TRIGGER_LOGIT + 0.1}, {}, {}), article, analysis)
    assert event.trigger == 1


@pytest.mark.parametrize(("upos", "found"), [("NOUN", [1]), ("ADP", [1]), ("PUNCT", []), ("PRON", [])])
def test_what_can_tell_no_event_is_no_trigger_however_likely(upos: str, found: list[int]) -> None:
    article, analysis = parse(HELPED.replace("VERB", upos))
    assert [event.trigger for event in propose(scored(3, {1: 9}, {}, {}), article, analysis)] == found


def test_each_sentence_of_a_window_has_its_own_events() -> None:
    article, analysis = parse(
        "Ade/PROPN/2/nsubj left/VERB/0/root and/CCONJ/5/cc Bo/PROPN/5/nsubj spoke/VERB/2/conj",
        "Ade/PROPN/2/nsubj left/VERB/0/root and/CCONJ/4/cc spoke/VERB/2/conj",
    )
    own, shared = propose(scored(9, {4: 5, 8: 5}, {4: [0, 3], 8: [5]}, {}), article, analysis)
    assert (own.trigger, texts(article, own.actors)) == (4, ["Bo"])
    assert (shared.trigger, [span.start for span in shared.actors]) == (8, [analysis.tokens[5].start])


def test_a_window_that_begins_later_is_read_by_its_own_words() -> None:
    article, analysis = parse("It/PRON/2/nsubj rained/VERB/0/root", HELPED)
    words, scores = words_of(article, analysis), scored(3, {1: 5}, {1: [0]}, {1: [2]})
    (event,) = proposals(Scripted(), ReadWindow(scores, words, analysis.tokens, 2, [analysis.sentences[1]]))
    assert event.trigger == 3
    assert texts(article, event.actors) == ["Ade"]
    assert texts(article, event.recipients) == ["Bo"]


class Opinionated(Scripted):
    """Words speak for AID that is to come."""

    def event_words(self, rows: Sequence[Integers]) -> tuple[Floats, Floats]:
        types, statuses = np.full((len(rows), 17), -9, np.float32), np.full((len(rows), 5), -9, np.float32)
        types[:, EVENT_TYPES.index("AID")] = statuses[:, STATUSES.index("future")] = -0.01
        return types, statuses


def test_words_lean_to_a_type_and_a_status_and_do_not_decide_alone() -> None:
    article, analysis = parse(HELPED)
    (event,) = propose(scored(3, {1: 5}, {1: [0]}, {1: [2]}), article, analysis, Opinionated())
    assert [name for name, _ in event.types[:2]] == ["CONSULT", "AID"]
    assert event.statuses[0][0] == "future"  # the network gives all statuses the same


class Pious(Scripted):
    """Words speak for religion; the network has said nothing."""

    def context_words(self, rows: Integers) -> Floats:
        found = super().context_words(rows)
        found[CONTEXTS.index("religion_ethnicity")] = 9
        return found


def test_contexts_are_what_the_network_and_the_words_of_the_text_say_together() -> None:
    article, analysis = parse(HELPED)
    scores = scored(3, {1: 5}, {1: [0]}, {1: [2]})
    (event,) = propose(scores, article, analysis, Pious())
    assert event.contexts[0][0] == "religion_ethnicity" and event.contexts[0][1] > 0.9 and event.contexts[1][1] < 0.01
    assert all(p < 0.01 for _, p in propose(scores, article, analysis)[0].contexts)


def test_neither_decides_the_contexts_alone() -> None:
    sure, quiet, words = np.array([0.999]), np.array([0.001]), np.array([3.0], np.float32)
    assert said_of_contexts(quiet, -words) < said_of_contexts(quiet, words) < said_of_contexts(sure, words)
    assert said_of_contexts(quiet, -words) < said_of_contexts(sure, -words) < said_of_contexts(sure, words)
    half, two = np.array([0.5]), np.array([2.0], np.float32)  # nought and two in logits
    assert said_of_contexts(half, two) == pytest.approx(1 / (1 + np.exp(-1.2)))


class Asking(Scripted):
    """Looks again, and then says of everybody that they receive."""

    looks_again = True

    def roles_together(self, rows: Sequence[Integers]) -> Floats:
        return np.tile(np.array([[-9, 9]], np.float32), (len(rows), 1))


def test_who_takes_part_is_asked_once_more_with_what_the_event_is_in_view() -> None:
    article, analysis = parse(HELPED)
    (event,) = propose(scored(3, {1: 5}, {1: [0]}, {1: [2]}), article, analysis, Asking())
    assert (event.actors, texts(article, event.recipients)) == ((), ["Ade", "Bo"])


def test_but_not_of_what_is_hardly_an_event() -> None:
    article, analysis = parse(HELPED)
    (event,) = propose(scored(3, {1: TRIGGER_LOGIT + 0.1}, {1: [0]}, {1: [2]}), article, analysis, Asking())
    assert (texts(article, event.actors), texts(article, event.recipients)) == (["Ade"], ["Bo"])
