"""Whether the persons of an article are men or women."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.knowledge.entities import Entities
from turnstone.resolution.genders import Genders
from turnstone.resolution.names import find_names


@pytest.mark.parametrize(
    ("sentence", "gender"),
    [
        ("Ada/PROPN/3/nsubj Zyx/PROPN/1/flat left/VERB/0/root", "f"),  # the given name
        ("Qyx/PROPN/3/nsubj Zyx/PROPN/1/flat left/VERB/0/root", None),
        ("Mr./PROPN/2/compound Zyx/PROPN/3/nsubj left/VERB/0/root", "m"),
        ("Lady/PROPN/2/compound Zyx/PROPN/3/nsubj left/VERB/0/root", "f"),
        ("Zyx/PROPN/4/nsubj a/DET/3/det widow/NOUN/1/appos left/VERB/0/root", "f"),
        ("actress/NOUN/2/compound Zyx/PROPN/3/nsubj left/VERB/0/root", "f"),
        ("chairman/NOUN/2/compound Zyx/PROPN/3/nsubj left/VERB/0/root", "m"),
        # a name says more than what women are called too
        ("chairman/NOUN/2/compound Ada/PROPN/4/nsubj Zyx/PROPN/2/flat left/VERB/0/root", "f"),
    ],
)
def test_titles_nouns_and_names_tell(entities: Entities, sentence: str, gender: str | None) -> None:
    name = " ".join(word for word in ("Ada", "Qyx", "Zyx") if f"{word}/" in sentence)
    board = find_names(*parse(f"{sentence} +./PUNCT/1/punct", names=f"PER {name}"), entities)
    (person,) = [one for one in board.named() if one.kind == "PER"]
    assert Genders(board).of(person) == gender


def test_two_that_contradict_tell_nothing(entities: Entities) -> None:
    sentences = [f"{title}/PROPN/2/compound Zyx/PROPN/3/nsubj left/VERB/0/root" for title in ("Mr.", "Mrs.")]
    sentences.append("Zyx/PROPN/2/nsubj left/VERB/0/root")
    board = find_names(*parse(*sentences, names="PER Zyx"), entities)
    assert [Genders(board).of(one) for one in board.named() if one.kind == "PER"] == ["m", "f", None]
