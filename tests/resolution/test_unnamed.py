"""Countries of those who act and are acted on without a name."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.records import Mention, Place, Proposal, Span
from turnstone.resolution.setting import Setting
from turnstone.resolution.trees import Tree
from turnstone.resolution.unnamed import unnamed


def found(
    sentence: str,
    words: str,
    *mentions: tuple[str, str, tuple[str, ...]],
    event_type: str = "ASSAULT",
    scene: bool = True,
    acting: bool = False,
) -> list[Mention]:
    """The mentions after, where `words` receive, or are `acting`; with a scene "Lagos" is where it happens. Mentions
    are words, country and sectors."""
    article, analysis = parse(sentence)
    text = article.text

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    given = [
        Mention(span(one).start, span(one).end, "GPE" if one.istitle() else "OTHER", "", one, country, sectors, "given")
        for one, country, sectors in mentions
    ]
    lagos = [Place(span("Lagos").start, span("Lagos").end, "Lagos", "NGA", 1, 0.0, 0.0, "city")] if scene else []
    actors, recipients = ((span(words),), ()) if acting else ((), (span(words),))
    proposal = Proposal(0, ((event_type, 0.9),), (), (("happened", 0.9),), (), actors, recipients)
    tree = Tree(text, analysis)
    return unnamed(tree, (proposal,), given, Setting(tree, given, lagos))


BURNED = (
    "Rebels/NOUN/2/nsubj burned/VERB/0/root {} " + "in/ADP/6/case Lagos/PROPN/2/obl"
)  # a phrase of two words, 3 and 4


def test_a_thing_is_of_the_state_that_its_sentence_is_set_in() -> None:
    sentence = BURNED.format("a/DET/4/det hotel/NOUN/2/obj")
    (hotel,) = found(sentence, "a hotel")
    assert (hotel.name, hotel.country, hotel.sectors) == ("a hotel", "NGA", ())
    assert hotel.basis == "not named; what the sentence tells happens in NGA"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("foreign/ADJ/4/amod hotels/NOUN/2/obj", "foreign hotels"),
        ("a/DET/4/det refugee/NOUN/2/obj", "a refugee"),
        ("his/PRON/4/nmod:poss hotel/NOUN/2/obj", "his hotel"),
        ("Obi/PROPN/4/nmod:poss hotel/NOUN/2/obj", "Obi hotel"),
        ("two/NUM/4/nummod countries/NOUN/2/obj", "two countries"),
        ("the/DET/4/det Treaty/NOUN/2/obj", "the Treaty"),
        ("the/DET/4/det one/PRON/2/obj", "the one"),
    ],
)
def test_not_what_may_be_from_elsewhere(rows: str, words: str) -> None:
    assert found(BURNED.format(rows), words) == []


def test_numbers_are_of_people_where_something_is_done_to_them() -> None:
    sentence = "Rebels/NOUN/2/nsubj shot/VERB/0/root about/ADV/4/advmod five/NUM/2/obj in/ADP/6/case Lagos/PROPN/2/obl"
    assert [one.country for one in found(sentence, "about five")] == ["NGA"]
    assert found(sentence, "about five", event_type="REQUEST") == []


def test_others_are_not_of_the_scene_where_several_states_are_spoken_of() -> None:
    sentence = BURNED.format("two/NUM/4/nummod others/NOUN/2/obj")
    assert [one.country for one in found(sentence, "two others")] == ["NGA"]
    assert len(found(sentence, "two others", ("Rebels", "TCD", ("REB",)))) == 1


ALONE = "Nigeria/PROPN/2/nsubj praised/VERB/0/root {}"


def test_of_the_only_state_spoken_of_but_nothing_in_general() -> None:
    state = ("Nigeria", "NGA", ())
    sentence = ALONE.format("two/NUM/4/nummod pensioners/NOUN/2/obj")
    assert found(sentence, "two pensioners", state, scene=False)[-1].basis == (
        "not named; the article speaks of NGA alone"
    )
    assert len(found(ALONE.format("equality/NOUN/2/obj"), "equality", state, scene=False)) == 1


def test_who_acts_is_of_the_only_state_spoken_of_whatever_they_do() -> None:
    state, word = ("Nigeria", "NGA", ()), ("two pensioners", "", ("UNK",))
    sentence = ALONE.format("two/NUM/4/nummod pensioners/NOUN/2/obj")
    acting = found(sentence, "two pensioners", state, event_type="REQUEST", scene=False, acting=True)
    assert acting[-1].basis == "not named; the article speaks of NGA alone"
    told = found(sentence, "two pensioners", state, word, event_type="REQUEST", scene=False, acting=True)
    assert told[-1].country == ""
    assert len(found(sentence, "two pensioners", state, event_type="REQUEST", scene=False)) == 1


def test_people_of_whom_only_a_word_is_known_are_too() -> None:
    sentence = BURNED.format("two/NUM/4/nummod suspects/NOUN/2/obj")
    assert found(sentence, "two suspects", ("two suspects", "", ("UNK",)))[0].country == "NGA"
    assert found(sentence, "two suspects", ("two suspects", "", ("JRN",)))[0].country == ""
    assert found(sentence, "two suspects", ("two suspects", "CHE", ("UNK",)))[0].country == "CHE"


def test_a_group_of_people_but_no_group_by_itself() -> None:
    sentence = BURNED.format("the/DET/4/det group/NOUN/2/obj")
    assert found(sentence, "the group", ("the group", "", ()))[0].country == ""
    sentence = (
        "Rebels/NOUN/2/nsubj shot/VERB/0/root a/DET/4/det group/NOUN/2/obj of/ADP/6/case women/NOUN/4/nmod "
        "in/ADP/8/case Lagos/PROPN/2/obl"
    )
    groups = ("a group of women", "", ()), ("women", "NGA", ("CVL",))
    assert found(sentence, "a group of women", *groups)[0].country == "NGA"


def test_a_thing_of_somebody_known_is_left_to_them() -> None:
    sentence = BURNED.format("Chadian/ADJ/4/amod hotels/NOUN/2/obj")
    assert len(found(sentence, "Chadian hotels", ("Chadian", "TCD", ()))) == 1


def test_what_rules_are_eased_for_is_of_the_scene_but_not_what_is_helped() -> None:
    sentence = BURNED.format("two/NUM/4/nummod cafés/NOUN/2/obj")
    assert [one.country for one in found(sentence, "two cafés", event_type="CONCEDE")] == ["NGA"]
    assert found(sentence, "two cafés", event_type="AID") == []
