"""Noun phrases and roles of proposed events."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tests.builders import parse
from turnstone.analysis.labels import EVENT_TYPES, STATUSES
from turnstone.analysis.model import EventScores, Model, WindowScores
from turnstone.analysis.proposals import TRIGGER_LOGIT, WAYS, children_of, phrase, proposals
from turnstone.records import Analysis, Article, Proposal

ARTICLE, ANALYSIS = parse(
    "Two/NUM/3/nummod senior/ADJ/3/amod officers/NOUN/9/nsubj of/ADP/6/case the/DET/6/det army/NOUN/3/nmod "
    "who/PRON/8/nsubj fled/VERB/3/acl:relcl met/VERB/0/root "
    "Ms/PROPN/9/obj Ade/PROPN/10/flat and/CCONJ/13/cc Bo/PROPN/10/conj"
)


LEARNED = {
    "nsubj": (2, -1),
    "obj": (-1, 1),
    "subject of another": (-4, 0),
    "pronoun as subject": (9, -1),
    "in a clause below": (-3, -3),
    "elsewhere of an active verb": (-3, 0),
}


class Scripted(Model):
    """A model that says CONSULT of everything, and has learned a little grammar."""

    def __init__(self) -> None:
        self._slope, self._offset = 1.0, 0.0

    def roles(
        self, meaning: np.ndarray, triggers: np.ndarray, heads: np.ndarray, phrases: np.ndarray, ways: np.ndarray,
        scores: np.ndarray,
    ) -> np.ndarray:  # fmt: skip
        assert phrases.shape == (len(heads), len(meaning))
        assert ways.shape == scores.shape[:2] == (len(triggers), len(heads))
        return scores + np.array([LEARNED.get(way, (0, 0)) for way in WAYS], np.float32)[ways]

    def events(
        self, meaning: np.ndarray, trigger: np.ndarray, actors: np.ndarray, recipients: np.ndarray, logit: np.ndarray
    ) -> EventScores:
        size = len(trigger)
        types = np.tile(np.eye(16, dtype=np.float32)[1], (size, 1))
        occurs = 1 / (1 + np.exp(-logit))
        return EventScores(types, np.zeros((size, 83)), np.ones((size, 5)) / 5, np.zeros((size, 37)), occurs)

    def role_words(self, rows: Sequence[np.ndarray]) -> np.ndarray:
        return np.zeros((len(rows), 2), np.float32)

    def event_words(self, rows: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        return np.full((len(rows), 17), -2.8, np.float32), np.full((len(rows), 5), -1.6, np.float32)


def propose(
    model: Model, scores: WindowScores, article: Article, analysis: Analysis, names: Sequence[tuple[int, int]] = ()
) -> list[Proposal]:
    words = [article.text[token.start : token.end] for token in analysis.tokens]
    return proposals(model, scores, words, analysis.tokens, 0, analysis.sentences, names)


def words(first: int, last: int) -> str:
    return ARTICLE.text[ANALYSIS.tokens[first].start : ANALYSIS.tokens[last - 1].end]


@pytest.mark.parametrize(
    ("head", "expected"), [(2, "Two senior officers of the army"), (9, "Ms Ade"), (12, "Bo"), (5, "the army")]
)
def test_phrases_leave_out_clauses_and_conjuncts(head: int, expected: str) -> None:
    assert words(*phrase(head, ANALYSIS.tokens, children_of(ANALYSIS.tokens, 0, len(ANALYSIS.tokens)))) == expected


def scored(actor: list[int], recipient: list[int]) -> WindowScores:
    size = len(ANALYSIS.tokens)
    trigger = np.full(size, -5, np.float32)
    trigger[8] = 5
    tables = []
    for picked in (actor, recipient):
        table = np.full((size, size), -5, np.float32)
        table[8, picked] = 5
        tables.append(table)
    empty = np.zeros((size, 1), np.float32)
    return WindowScores(empty[:, 0], empty, empty, empty, empty, empty, trigger, *tables, empty, empty, empty)


def test_roles_are_whole_phrases() -> None:
    found = propose(Scripted(), scored([0, 1, 2], [9, 10, 12]), ARTICLE, ANALYSIS)
    (event,) = found
    assert event.types[0][0] == "CONSULT"
    assert [ARTICLE.text[s.start : s.end] for s in event.actors] == ["Two senior officers of the army"]
    assert [ARTICLE.text[s.start : s.end] for s in event.recipients] == ["Ms Ade", "Bo"]


def test_no_trigger_no_event() -> None:
    scores = scored([2], [9])
    scores.trigger[:] = TRIGGER_LOGIT
    assert propose(Scripted(), scores, ARTICLE, ANALYSIS) == []


def test_a_name_is_one_phrase_whatever_the_tree_says() -> None:
    article, analysis = parse(
        "North/ADJ/4/nsubj Ade/PROPN/1/flat Bay/PROPN/4/nsubj met/VERB/0/root Bo/PROPN/4/obj +,/PUNCT/7/punct "
        "envoy/NOUN/5/appos"
    )
    size = len(analysis.tokens)
    trigger = np.full(size, -5, np.float32)
    trigger[3] = 5
    actor, recipient = np.full((2, size, size), -5, np.float32)
    actor[3, [0, 1, 2]] = 5
    recipient[3, [4, 6]] = 5
    empty = np.zeros((size, 1), np.float32)
    scores = WindowScores(
        empty[:, 0], empty, empty, empty, empty, empty, trigger, actor, recipient, empty, empty, empty
    )
    (event,) = propose(Scripted(), scores, article, analysis, [(0, 3)])
    assert [article.text[s.start : s.end] for s in event.actors] == ["North Ade Bay"]
    assert [article.text[s.start : s.end] for s in event.recipients] == ["Bo"]


def test_a_verb_with_its_own_subject_does_not_take_the_one_before() -> None:
    article, analysis = parse(
        "Ade/PROPN/2/nsubj left/VERB/0/root and/CCONJ/5/cc Bo/PROPN/5/nsubj spoke/VERB/2/conj",
        "Ade/PROPN/2/nsubj left/VERB/0/root and/CCONJ/4/cc spoke/VERB/2/conj",
    )
    size = len(analysis.tokens)
    trigger = np.full(size, -5, np.float32)
    trigger[[4, 8]] = 5
    actor = np.full((size, size), -5, np.float32)
    actor[4, [0, 3]] = 1
    actor[8, 5] = 1
    recipient = np.full((size, size), -5, np.float32)
    empty = np.zeros((size, 1), np.float32)
    scores = WindowScores(
        empty[:, 0], empty, empty, empty, empty, empty, trigger, actor, recipient, empty, empty, empty
    )
    own, shared = propose(Scripted(), scores, article, analysis)
    assert [article.text[s.start : s.end] for s in own.actors] == ["Bo"]
    assert [article.text[s.start : s.end] for s in shared.actors] == ["Ade"]


def roles(analysis: Analysis, trigger: int, actor: list[int], recipient: list[int], logit: float = 1.0) -> WindowScores:
    """Scores of one trigger whose roles the network gives to these words."""
    size = len(analysis.tokens)
    triggers = np.full(size, -5, np.float32)
    triggers[trigger] = 5
    tables = np.full((2, size, size), -5, np.float32)
    tables[0, trigger, actor] = tables[1, trigger, recipient] = logit
    empty = np.zeros((size, 1), np.float32)
    return WindowScores(empty[:, 0], empty, empty, empty, empty, empty, triggers, *tables, empty, empty, empty)


def test_who_acts_in_words_said_at_a_meeting_is_not_at_it() -> None:
    article, analysis = parse(
        "Ade/PROPN/2/nsubj said/VERB/0/root at/ADP/4/case meeting/NOUN/2/obl Cy/PROPN/6/nsubj left/VERB/2/ccomp"
    )
    (event,) = propose(Scripted(), roles(analysis, 3, [0, 4], []), article, analysis)
    assert [article.text[s.start : s.end] for s in event.actors] == ["Ade"]


def test_a_verb_with_a_subject_has_no_other_actor() -> None:
    article, analysis = parse("Ade/PROPN/2/nsubj told/VERB/0/root Bo/PROPN/2/iobj Cy/PROPN/5/nsubj leaves/VERB/2/ccomp")
    (event,) = propose(Scripted(), roles(analysis, 4, [2, 3], []), article, analysis)
    assert [article.text[s.start : s.end] for s in event.actors] == ["Cy"]


def cast(text: str, trigger: int, picked: list[int]) -> list[str]:
    """The actors of the word `trigger` (from 0) where the network picks these words as acting."""
    article, analysis = parse(text)
    size = len(analysis.tokens)
    found = np.full(size, -5, np.float32)
    found[trigger] = 5
    actor, recipient = np.full((2, size, size), -5, np.float32)
    actor[trigger, picked] = 1
    empty = np.zeros((size, 1), np.float32)
    scores = WindowScores(empty[:, 0], empty, empty, empty, empty, empty, found, actor, recipient, empty, empty, empty)
    events = propose(Scripted(), scores, article, analysis)
    return [article.text[s.start : s.end] for event in events for s in event.actors]


def test_verbs_with_and_share_their_subject_and_not_who_says_so() -> None:
    text = (
        "Ade/PROPN/2/nsubj said/VERB/0/root Cy/PROPN/5/nsubj will/AUX/5/aux help/VERB/2/ccomp Bo/PROPN/5/obj "
        "and/CCONJ/8/cc train/VERB/5/conj them/PRON/8/obj"
    )
    assert cast(text, 7, [0, 2]) == ["Cy"]


def test_a_relative_clause_is_about_its_noun() -> None:
    text = "Ade/PROPN/4/nsubj who/PRON/3/nsubj accused/VERB/1/acl:relcl left/VERB/0/root"
    assert cast(text, 2, [0]) == ["Ade"]


def test_who_speaks_before_a_meeting_between_others_is_not_at_it() -> None:
    text = (
        "Ade/PROPN/2/nsubj spoke/VERB/0/root before/ADP/5/case the/DET/5/det meeting/NOUN/2/obl between/ADP/7/case "
        "Bo/PROPN/5/nmod and/CCONJ/9/cc Cy/PROPN/7/conj"
    )
    assert cast(text, 4, [0, 6, 8]) == ["Bo", "Cy"]
    assert cast(text.replace("between", "with"), 4, [0, 6, 8]) == ["Ade", "Bo", "Cy"]


def test_a_call_inside_a_plan_is_not_made_by_who_discusses_it() -> None:
    text = (
        "Ade/PROPN/2/nsubj read/VERB/0/root plans/NOUN/2/obj which/PRON/5/nsubj hold/VERB/3/acl:relcl calls/NOUN/5/obj"
    )
    assert cast(text, 5, [0]) == []


def test_a_pronoun_that_is_the_subject_acts_however_little_the_network_thinks_of_it() -> None:
    article, analysis = parse("She/PRON/2/nsubj met/VERB/0/root Bo/PROPN/2/obj")
    actor, recipient = np.full((2, 3, 3), -8.5, np.float32)
    empty = np.zeros((3, 1), np.float32)
    trigger = np.array([-5, 5, -5], np.float32)
    scores = WindowScores(
        empty[:, 0], empty, empty, empty, empty, empty, trigger, actor, recipient, empty, empty, empty
    )
    (event,) = propose(Scripted(), scores, article, analysis)
    assert [article.text[s.start : s.end] for s in event.actors] == ["She"]
    assert event.recipients == ()


class Generous(Scripted):
    """A model by which everybody acts in everything."""

    def roles(self, *given: np.ndarray) -> np.ndarray:
        return np.array([5, -5], np.float32) + 0 * given[-1]


def test_who_can_take_no_part_takes_none_whatever_the_model_of_roles_says() -> None:
    article, analysis = parse("Ade/PROPN/2/nsubj met/VERB/0/root Bo/PROPN/2/obj near/ADP/5/case Cy/PROPN/2/obl")
    scores = roles(analysis, 1, [0, 2], [])
    scores.actor[1, 4] = scores.recipient[1, 4] = -9.5
    (event,) = propose(Generous(), scores, article, analysis)
    assert [article.text[s.start : s.end] for s in event.actors] == ["Ade", "Bo"]


class Opinionated(Scripted):
    """Words speak for AID that is to come, and that everybody acts."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def role_words(self, rows: Sequence[np.ndarray]) -> np.ndarray:
        self.asked += len(rows)
        return np.tile(np.array([[9, -9]], np.float32), (len(rows), 1))

    def event_words(self, rows: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        types, statuses = np.full((len(rows), 17), -9, np.float32), np.full((len(rows), 5), -9, np.float32)
        types[:, EVENT_TYPES.index("AID")] = statuses[:, STATUSES.index("future")] = -0.01
        return types, statuses


def test_words_lean_to_a_type_and_a_status_and_do_not_decide_alone() -> None:
    article, analysis = parse("Ade/PROPN/2/nsubj helped/VERB/0/root Bo/PROPN/2/obj")
    (event,) = propose(Opinionated(), roles(analysis, 1, [0], [2]), article, analysis)
    assert [name for name, _ in event.types[:2]] == ["CONSULT", "AID"]
    assert event.statuses[0][0] == "future"  # the network gives all statuses the same


def test_words_are_asked_of_roles_in_doubt_alone() -> None:
    article, analysis = parse("Ade/PROPN/2/nsubj helped/VERB/0/root Bo/PROPN/2/obj")
    doubtful, sure = Opinionated(), Opinionated()
    (event,) = propose(doubtful, roles(analysis, 1, [0], [2], logit=0.5), article, analysis)
    assert doubtful.asked == 2 and event.recipients == ()
    scores = roles(analysis, 1, [0], [2], logit=9.0)
    scores.actor[scores.actor < 0] = scores.recipient[scores.recipient < 0] = -8.5
    (event,) = propose(sure, scores, article, analysis)
    assert sure.asked == 0 and [article.text[s.start : s.end] for s in event.recipients] == ["Bo"]


def test_a_window_that_begins_later_is_read_by_its_own_words() -> None:
    article, analysis = parse(
        "It/PRON/2/nsubj rained/VERB/0/root", "Ade/PROPN/2/nsubj helped/VERB/0/root Bo/PROPN/2/obj"
    )
    words = [article.text[token.start : token.end] for token in analysis.tokens]
    _, alone = parse("Ade/PROPN/2/nsubj helped/VERB/0/root Bo/PROPN/2/obj")
    scores = roles(alone, 1, [0], [2])
    (event,) = proposals(Scripted(), scores, words, analysis.tokens, 2, [analysis.sentences[1]])
    assert event.trigger == 3
    assert [article.text[s.start : s.end] for s in (*event.actors, *event.recipients)] == ["Ade", "Bo"]
