"""What the phrases of an annotated event are, for the table that asks once more who takes part."""

from __future__ import annotations

import numpy as np

from annotated import UNSURE
from corpus import GoldEvent
from tests.analysis.scripted import Scripted, scored, words_of
from tests.builders import parse
from train_roles_together import ACTS, NOBODY, RECEIVES, Asked, scores
from turnstone.analysis.graphs import Floats
from turnstone.analysis.looks import ReadWindow, looks
from turnstone.analysis.roles_together import Together

SENTENCE = "Ade/PROPN/2/nsubj met/VERB/0/root Bo/PROPN/2/obj near/ADP/5/case Zenda/PROPN/2/obl"


class Turning(Scripted):
    """Says the second time that the first phrase receives, the second acts and the third does neither."""

    def roles_together(self, rows: object) -> Floats:
        return np.array([[-99, 99], [99, -99], [-99, -99]], np.float32)


def asked() -> Asked:
    article, analysis = parse(SENTENCE)
    scores = scored(5, {1: 5}, {1: [0]}, {1: [2]}, logit=5)
    (look,) = looks(Turning(), ReadWindow(scores, words_of(article, analysis), analysis.tokens, 0, analysis.sentences))
    (event,) = look.occasions()
    gold = GoldEvent((4, 7), "CONSULT", (), "happened", ((0, 3),), ((8, 10),), None, None, None, ())
    together = Together(analysis.tokens, look.phrases, look.named, [event])
    return Asked(look, event, gold, together.rows(event))


def test_phrases_are_who_acts_who_receives_and_nobody() -> None:
    one = asked()
    assert one.spans() == [(0, 3), (8, 10), (16, 21)]
    assert one.classes() == [ACTS, RECEIVES, NOBODY] and UNSURE not in one.classes()


def test_scores_are_told_by_the_first_look_and_with_the_second() -> None:
    first, second = scores(None, [asked()]), scores(Turning(), [asked()])
    assert first == {"all actors right": 100, "both sides right": 100, "actors": 100, "recipients": 100}
    assert second["both sides right"] == 0
