"""The phrases of a sentence, how they hang on a trigger, and who acts and who receives in its event."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tests.analysis.scripted import Scripted, scored, words_of
from tests.builders import parse
from turnstone.analysis.event_model import EventModel
from turnstone.analysis.graphs import Floats, Integers
from turnstone.analysis.model import WindowScores
from turnstone.analysis.participation import (
    WAYS,
    Phrases,
    cast,
    children_of,
    inside,
    phrase,
    phrases_of,
    role_logits,
    sentence_of,
)
from turnstone.records import Analysis, Article

OFFICERS = (
    "Two/NUM/3/nummod senior/ADJ/3/amod officers/NOUN/9/nsubj of/ADP/6/case the/DET/6/det army/NOUN/3/nmod "
    "who/PRON/8/nsubj fled/VERB/3/acl:relcl met/VERB/0/root "
    "Ms/PROPN/9/obj Ade/PROPN/10/flat and/CCONJ/13/cc Bo/PROPN/10/conj"
)
HELPED = "Ade/PROPN/2/nsubj helped/VERB/0/root Bo/PROPN/2/obj"
RAINED = "It/PRON/2/nsubj rained/VERB/0/root"
US = "US/PROPN/2/compound officials/NOUN/3/nsubj met/VERB/0/root Bo/PROPN/3/obj"


def texts(article: Article, analysis: Analysis, phrases: Sequence[tuple[int, int]]) -> list[str]:
    return [article.text[analysis.tokens[a].start : analysis.tokens[b - 1].end] for a, b in phrases]


def named(text: str, names: Sequence[tuple[int, int]] = ()) -> list[str]:
    """The phrases of a sentence."""
    article, analysis = parse(text)
    size = len(analysis.tokens)
    found = phrases_of(analysis.tokens, 0, size, children_of(analysis.tokens, 0, size), names)
    return texts(article, analysis, list(found.values()))


def read(text: str, trigger: int, scores: WindowScores, model: EventModel) -> tuple[list[str], list[str]]:
    """Who acts in the event of the word `trigger` (from 0), and who receives."""
    article, analysis = parse(text)
    tokens = analysis.tokens
    sentence = sentence_of(scores, words_of(article, analysis), tokens, 0, 0, len(tokens))
    phrases = phrases_of(tokens, 0, len(tokens), sentence.children, ())
    logits, ways = role_logits(model, sentence, [trigger], phrases)
    actors, recipients = (
        texts(article, analysis, [phrases[head] for head in heads])
        for heads in cast(logits[0], ways[0].tolist(), tokens, phrases)
    )
    return actors, recipients


def actors(text: str, trigger: int, picked: list[int]) -> list[str]:
    """Who acts in the event of the word `trigger` where the network picks these words as acting."""
    return read(text, trigger, scored(len(text.split()), {}, {trigger: picked}, {}), Scripted())[0]


# --- phrases


@pytest.mark.parametrize(
    ("head", "expected"), [(2, "Two senior officers of the army"), (9, "Ms Ade"), (12, "Bo"), (5, "the army")]
)
def test_phrases_leave_out_clauses_and_conjuncts(head: int, expected: str) -> None:
    article, analysis = parse(OFFICERS)
    span = phrase(head, analysis.tokens, children_of(analysis.tokens, 0, len(analysis.tokens)))
    assert texts(article, analysis, [span]) == [expected]


def test_who_may_take_part_is_a_noun_and_no_part_of_a_name_or_word_that_another_stands_for() -> None:
    assert named(OFFICERS) == ["senior", "Two senior officers of the army", "the army", "Ms Ade", "Bo"]
    assert named("Many/ADJ/3/nsubj had/AUX/3/aux left/VERB/0/root angry/ADJ/3/advcl") == ["Many"]


def test_a_name_is_one_phrase_whatever_the_tree_says() -> None:
    text = "North/ADJ/4/nsubj Ade/PROPN/1/flat Bay/PROPN/4/nsubj met/VERB/0/root Bo/PROPN/4/obj"
    assert named(text, [(0, 3)]) == ["North Ade Bay", "Bo"]
    assert named(text) == ["North Ade", "Bay", "Bo"]


def test_the_words_below_a_word_are_those_of_its_sentence() -> None:
    _, analysis = parse(RAINED, HELPED)
    assert children_of(analysis.tokens, 2, 5) == {2: [], 3: [2, 4], 4: []}
    assert children_of(analysis.tokens, 2, 3) == {2: []}


# --- how they hang on a trigger


def test_whole_phrases_take_part() -> None:
    scores = scored(13, {}, {8: [0, 1, 2]}, {8: [9, 10, 12]}, logit=5)
    assert read(OFFICERS, 8, scores, Scripted()) == (["Two senior officers of the army"], ["Ms Ade", "Bo"])


def test_who_stands_beside_another_as_the_same_is_not_told_again() -> None:
    text = "Ade/PROPN/2/nsubj met/VERB/0/root Bo/PROPN/2/obj +,/PUNCT/5/punct envoy/NOUN/3/appos"
    assert read(text, 1, scored(5, {}, {}, {1: [2, 4]}), Scripted()) == ([], ["Bo"])
    assert read(text, 1, scored(5, {}, {}, {1: [4]}), Scripted()) == ([], ["envoy"])


def test_a_verb_with_its_own_subject_does_not_take_the_one_before() -> None:
    own = "Ade/PROPN/2/nsubj left/VERB/0/root and/CCONJ/5/cc Bo/PROPN/5/nsubj spoke/VERB/2/conj"
    shared = "Ade/PROPN/2/nsubj left/VERB/0/root and/CCONJ/4/cc spoke/VERB/2/conj"
    assert actors(own, 4, [0, 3]) == ["Bo"]
    assert actors(shared, 3, [0]) == ["Ade"]


def test_who_acts_in_words_said_at_a_meeting_is_not_at_it() -> None:
    text = "Ade/PROPN/2/nsubj said/VERB/0/root at/ADP/4/case meeting/NOUN/2/obl Cy/PROPN/6/nsubj left/VERB/2/ccomp"
    assert actors(text, 3, [0, 4]) == ["Ade"]


def test_a_verb_with_a_subject_has_no_other_actor() -> None:
    text = "Ade/PROPN/2/nsubj told/VERB/0/root Bo/PROPN/2/iobj Cy/PROPN/5/nsubj leaves/VERB/2/ccomp"
    assert actors(text, 4, [2, 3]) == ["Cy"]


def test_verbs_with_and_share_their_subject_and_not_who_says_so() -> None:
    text = (
        "Ade/PROPN/2/nsubj said/VERB/0/root Cy/PROPN/5/nsubj will/AUX/5/aux help/VERB/2/ccomp Bo/PROPN/5/obj "
        "and/CCONJ/8/cc train/VERB/5/conj them/PRON/8/obj"
    )
    assert actors(text, 7, [0, 2]) == ["Cy"]


def test_a_relative_clause_is_about_its_noun() -> None:
    assert actors("Ade/PROPN/4/nsubj who/PRON/3/nsubj accused/VERB/1/acl:relcl left/VERB/0/root", 2, [0]) == ["Ade"]


def test_who_speaks_before_a_meeting_between_others_is_not_at_it() -> None:
    text = (
        "Ade/PROPN/2/nsubj spoke/VERB/0/root before/ADP/5/case the/DET/5/det meeting/NOUN/2/obl between/ADP/7/case "
        "Bo/PROPN/5/nmod and/CCONJ/9/cc Cy/PROPN/7/conj"
    )
    assert actors(text, 4, [0, 6, 8]) == ["Bo", "Cy"]
    assert actors(text.replace("between", "with"), 4, [0, 6, 8]) == ["Ade", "Bo", "Cy"]


def test_a_call_inside_a_plan_is_not_made_by_who_discusses_it() -> None:
    text = (
        "Ade/PROPN/2/nsubj read/VERB/0/root plans/NOUN/2/obj which/PRON/5/nsubj hold/VERB/3/acl:relcl calls/NOUN/5/obj"
    )
    assert actors(text, 5, [0]) == []


def test_a_pronoun_that_is_the_subject_acts_however_little_the_network_thinks_of_it() -> None:
    text = "She/PRON/2/nsubj met/VERB/0/root Bo/PROPN/2/obj"
    assert read(text, 1, scored(3, {}, {}, {}, otherwise=-8.5), Scripted()) == (["She"], [])


# --- who can take part


class Generous(Scripted):
    """A model by which everybody acts in everything."""

    def roles(
        self, meaning: Floats, triggers: Integers, heads: Integers, phrases: Floats, ways: Integers, scores: Floats
    ) -> Floats:
        return np.array([5, -5], np.float32) + 0 * scores


def test_who_can_take_no_part_takes_none_whatever_the_model_of_roles_says() -> None:
    text = "Ade/PROPN/2/nsubj met/VERB/0/root Bo/PROPN/2/obj near/ADP/5/case Cy/PROPN/2/obl"
    scores = scored(5, {}, {1: [0, 2]}, {})
    scores.actor[1, 4] = scores.recipient[1, 4] = -9.5
    assert read(text, 1, scores, Generous()) == (["Ade", "Bo"], [])


def ways(text: str, trigger: int, phrases: Phrases, otherwise: float) -> list[str | None]:
    """How these phrases hang on the trigger where the network gives all this little; None for who takes no part."""
    article, analysis = parse(text)
    size = len(analysis.tokens)
    scores = scored(size, {}, {}, {}, otherwise=otherwise)
    sentence = sentence_of(scores, words_of(article, analysis), analysis.tokens, 0, 0, size)
    _, found = role_logits(Scripted(), sentence, [trigger], phrases)
    return [WAYS[way] if way >= 0 else None for way in found[0].tolist()]


def test_to_whom_the_network_gives_next_to_nothing_takes_no_part() -> None:
    phrases = {0: (0, 1), 2: (2, 3)}
    assert ways(HELPED, 1, phrases, -9.5) == [None, None]
    assert ways(HELPED, 1, phrases, -8.5) == ["nsubj", "obj"]


def test_who_does_another_verb_of_the_sentence_is_told_apart() -> None:
    text = (
        "Ade/PROPN/2/nsubj took/VERB/0/root Bo/PROPN/2/obj hostage/NOUN/2/xcomp and/CCONJ/7/cc was/AUX/7/aux:pass "
        "shot/VERB/2/conj by/ADP/9/case police/NOUN/7/obl:agent"
    )
    assert ways(text, 3, {8: (8, 9)}, -5) == ["subject of another"]
    assert ways(text, 6, {8: (8, 9)}, -5) == ["obl:agent"]
    raid = "raid/NOUN/0/root led/VERB/1/acl by/ADP/4/case police/NOUN/2/obl:agent"
    assert ways(raid, 0, {3: (3, 4)}, -5) == ["in a clause below"]


def test_what_says_more_of_somebody_else_takes_no_part() -> None:
    assert ways(US, 2, {0: (0, 1), 3: (3, 4)}, -5) == [None, "obj"]


def test_what_says_more_of_the_trigger_itself_takes_part_anyway() -> None:
    assert ways("US/PROPN/2/compound strikes/NOUN/0/root", 1, {0: (0, 1)}, -5) == ["compound"]


def test_a_phrase_around_the_trigger_takes_no_part() -> None:
    text = "the/DET/3/det attacked/VERB/3/amod envoy/NOUN/4/nsubj left/VERB/0/root"
    assert ways(text, 1, {2: (0, 3)}, 5) == [None]
    assert ways(text, 3, {2: (0, 3)}, 5) == ["nsubj"]


# --- what is asked of the model


class Asked(Scripted):
    """A model by whose table of words everybody acts; it remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.of_roles: list[Floats | Integers] = []
        self.of_words: list[Integers] = []

    def roles(
        self, meaning: Floats, triggers: Integers, heads: Integers, phrases: Floats, ways: Integers, scores: Floats
    ) -> Floats:
        self.of_roles += [triggers, heads, phrases, ways, scores]
        return super().roles(meaning, triggers, heads, phrases, ways, scores)

    def role_words(self, rows: Sequence[Integers]) -> Floats:
        self.of_words += rows
        return np.tile(np.array([[9, -9]], np.float32), (len(rows), 1))


def test_words_are_asked_of_roles_in_doubt_alone() -> None:
    doubtful, sure = Asked(), Asked()
    _, recipients = read(HELPED, 1, scored(3, {}, {1: [0]}, {1: [2]}, logit=0.5), doubtful)
    assert len(doubtful.of_words) == 2 and recipients == []
    _, recipients = read(HELPED, 1, scored(3, {}, {1: [0]}, {1: [2]}, logit=9, otherwise=-8.5), sure)
    assert sure.of_words == [] and recipients == ["Bo"]


@pytest.mark.parametrize(("of_words", "of_phrase"), [((3, 1), 2), ((1, 3), 3), ((-5, 1), 1)])
def test_a_phrase_scores_as_its_words_on_average_or_as_its_head_where_that_is_more(
    of_words: tuple[float, float], of_phrase: float
) -> None:
    article, analysis = parse(US)
    scores = scored(4, {}, {}, {})
    scores.actor[2, :2], scores.recipient[2, 3] = of_words, 4
    model = Asked()
    sentence = sentence_of(scores, words_of(article, analysis), analysis.tokens, 0, 0, 4)
    role_logits(model, sentence, [2], {1: (0, 2), 3: (3, 4)})
    assert model.of_roles[-1].tolist() == [[[of_phrase, -5], [-5, 4]]]


def test_a_sentence_is_read_wherever_it_stands_in_its_window_and_report() -> None:
    asked = []
    for before, offset in (([], 0), ([RAINED], 0), ([RAINED], 2), ([RAINED, RAINED], 2)):
        article, analysis = parse(*before, HELPED)
        first, last = analysis.sentences[-1]
        at = first - offset
        scores = scored(at + 3, {at + 1: 5}, {at + 1: [at]}, {at + 1: [at + 2]})
        sentence = sentence_of(scores, words_of(article, analysis), analysis.tokens, offset, first, last)
        assert sentence.trigger.tolist() == [-5, 5, -5] and len(sentence.meaning) == 3
        model = Asked()
        phrases = phrases_of(analysis.tokens, first, last, sentence.children, ())
        assert phrases == {first: (first, first + 1), first + 2: (first + 2, first + 3)}
        logits, hanging = role_logits(model, sentence, [first + 1], phrases)
        asked.append([x.tolist() for x in (*model.of_roles, *model.of_words, logits, hanging)])
    assert len(asked[0]) == 9
    assert all(other == asked[0] for other in asked[1:])


def test_the_words_of_a_span_are_counted_from_the_first_of_the_sentence() -> None:
    article, analysis = parse(RAINED, HELPED)
    sentence = sentence_of(scored(5, {}, {}, {}), words_of(article, analysis), analysis.tokens, 0, 2, 5)
    assert inside([(2, 3), (3, 5)], sentence).tolist() == [[1, 0, 0], [0, 1, 1]]


# --- who does


def test_who_scores_in_both_roles_has_the_likelier_and_acts_where_neither_is() -> None:
    _, analysis = parse(HELPED)
    phrases, hanging = {0: (0, 1), 2: (2, 3)}, [WAYS.index("nsubj"), WAYS.index("obj")]

    def found(*logits: tuple[float, float]) -> tuple[list[int], list[int]]:
        return cast(np.array(logits, np.float32), hanging, analysis.tokens, phrases)

    assert found((2, 1), (1, 2)) == ([0], [2])
    assert found((1, 1), (0, 0)) == ([0], [])
    assert found((1, -1), (-1, 1)) == ([0], [2])


def test_who_stands_in_a_clause_below_gives_way_to_who_does_not() -> None:
    _, analysis = parse(HELPED)
    phrases, below, beside = {0: (0, 1), 2: (2, 3)}, WAYS.index("in a clause below"), WAYS.index("elsewhere")
    logits = np.array([[1, -1], [3, -1]], np.float32)
    assert cast(logits, [beside, below], analysis.tokens, phrases) == ([0], [])
    assert cast(logits, [below, below], analysis.tokens, phrases) == ([0, 2], [])


def test_a_part_of_the_phrase_of_another_is_not_told_beside_it() -> None:
    scores = scored(13, {}, {8: [2, 3, 4, 5]}, {})
    assert read(OFFICERS, 8, scores, Scripted())[0] == ["Two senior officers of the army"]
    scores.actor[8, 2:4] = -15
    assert read(OFFICERS, 8, scores, Scripted())[0] == ["the army"]
