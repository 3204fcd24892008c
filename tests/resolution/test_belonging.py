"""Names that the words beside them give a state."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities
from turnstone.resolution.mentions import find_mentions

FLEET = (
    "Russia/PROPN/4/nmod:poss +'s/PART/1/case Northern/ADJ/4/amod Fleet/PROPN/5/nsubj sailed/VERB/0/root",
    "ORG Northern Fleet",
)


@pytest.mark.parametrize(
    ("sentence", "names", "words", "country"),
    [
        (*FLEET, "Northern Fleet", "RUS"),
        (
            "The/DET/4/det French/ADJ/4/amod Caisse/PROPN/4/compound Centrale/PROPN/5/nsubj lent/VERB/0/root",
            "ORG Caisse Centrale",
            "Caisse Centrale",
            "FRA",
        ),
        (
            "Kenyan/ADJ/2/amod Ada/PROPN/4/nsubj Obi/PROPN/2/flat won/VERB/0/root",
            "PER Ada Obi",
            "Ada Obi",
            "KEN",
        ),
        (  # as newswire writes of athletes and ministers
            "Kenya/PROPN/3/nmod:poss +'s/PART/1/case Ada/PROPN/5/nsubj Obi/PROPN/3/flat won/VERB/0/root",
            "PER Ada Obi",
            "Ada Obi",
            "KEN",
        ),
        (  # led by a state
            "Russian/ADJ/3/compound +-/PUNCT/1/punct +led/VERB/5/amod Harbour/PROPN/5/compound Group/PROPN/6/nsubj"
            " grew/VERB/0/root",
            "ORG Harbour Group",
            "Harbour Group",
            "RUS",
        ),
        (  # backed by a state, not of it
            "Russian/ADJ/3/amod -/PUNCT/3/punct backed/VERB/4/amod Harbour/PROPN/5/compound Fund/PROPN/6/nsubj"
            " grew/VERB/0/root",
            "ORG Harbour Fund",
            "Harbour Fund",
            "",
        ),
    ],
)
def test_of_whom_a_name_is(entities: Entities, sentence: str, names: str, words: str, country: str) -> None:
    assert [found[1] for found in shown(entities, parse(sentence, names=names))[words]] == [country]


def test_the_basis_says_by_which_words(entities: Entities) -> None:
    sentence, names = FLEET
    found = find_mentions(*parse(sentence, names=names), entities)
    assert [one.basis for one in found if one.name == "Northern Fleet"] == ["'Russia' with the name"]


@pytest.mark.parametrize(
    ("sentence", "names", "words", "expected"),
    [
        (  # begins with a body that is known
            "Gazprom/PROPN/2/compound Invest/PROPN/3/nsubj grew/VERB/0/root",
            "ORG Gazprom Invest",
            "Gazprom Invest",
            "RUS",
        ),
        (  # ends with a state
            "Union/PROPN/4/nsubj of/ADP/3/case Kenya/PROPN/1/nmod met/VERB/0/root",
            "ORG Union of Kenya",
            "Union of Kenya",
            "KEN",
        ),
        (
            "Friends/PROPN/4/nsubj of/ADP/3/case Syria/PROPN/1/nmod met/VERB/0/root",
            "ORG Friends of Syria",
            "Friends of Syria",
            "",
        ),
        (  # another state's body of a known name
            "The/DET/3/det Kenyan/ADJ/3/amod Senate/PROPN/4/nsubj voted/VERB/0/root",
            "ORG Senate",
            "Senate",
            "KEN",
        ),
        ("The/DET/2/det Senate/PROPN/3/nsubj voted/VERB/0/root", "ORG Senate", "Senate", "USA"),
    ],
)
def test_a_body_is_of_whom_its_name_says(
    entities: Entities, sentence: str, names: str, words: str, expected: str
) -> None:
    assert [found[1] for found in shown(entities, parse(sentence, names=names))[words]] == [expected]


@pytest.mark.parametrize(
    ("sentence", "names", "words", "country"),
    [
        (  # the model does not see the name, or takes it for a body's
            "The/DET/3/det Putin/PROPN/3/compound administration/NOUN/4/nsubj spoke/VERB/0/root",
            "",
            "The Putin administration",
            "RUS",
        ),
        (
            "The/DET/3/det Putin/PROPN/3/compound administration/NOUN/4/nsubj spoke/VERB/0/root",
            "ORG Putin",
            "The Putin administration",
            "RUS",
        ),
        (  # not yet in office
            "The/DET/3/det Zelensky/PROPN/3/compound administration/NOUN/4/nsubj spoke/VERB/0/root",
            "ORG Zelensky",
            "The Zelensky administration",
            "",
        ),
    ],
)
def test_an_administration_is_of_its_head(
    entities: Entities, sentence: str, names: str, words: str, country: str
) -> None:
    built = parse(sentence, names=names, published=date(2018, 5, 1))
    assert [found[1] for found in shown(entities, built)[words]] == [country]


@pytest.mark.parametrize(
    ("sentence", "name", "country"),
    [
        ("Central/PROPN/2/compound America/PROPN/3/nsubj voted/VERB/0/root", "Central America", ""),
        ("South/PROPN/2/compound America/PROPN/3/nsubj voted/VERB/0/root", "South America", ""),
        ("Rural/PROPN/2/compound America/PROPN/3/nsubj voted/VERB/0/root", "Rural America", "USA"),
        ("Central/PROPN/2/compound Kenya/PROPN/3/nsubj voted/VERB/0/root", "Central Kenya", "KEN"),
    ],
)
def test_a_continent_is_no_part_of_a_state(entities: Entities, sentence: str, name: str, country: str) -> None:
    assert [found[1] for found in shown(entities, parse(sentence, names=f"LOC {name}"))[name]] == [country]


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        (
            "Governor/PROPN/2/nmod:desc Ada/PROPN/8/nsubj Obi/PROPN/2/flat of/ADP/7/case the/DET/7/det "
            "Kenyan/ADJ/7/amod police/NOUN/2/nmod left/VERB/0/root",
            "KEN",
        ),
        (  # with whom somebody is says nothing
            "Governor/PROPN/2/nmod:desc Ada/PROPN/8/nsubj Obi/PROPN/2/flat with/ADP/7/case the/DET/7/det "
            "Kenyan/ADJ/7/amod police/NOUN/2/nmod left/VERB/0/root",
            "",
        ),
    ],
)
def test_somebody_with_a_title_is_of_the_body_told_after_the_name(
    entities: Entities, sentence: str, country: str
) -> None:
    assert [found[1] for found in shown(entities, parse(sentence, names="PER Ada Obi"))["Ada Obi"]] == [country]


def test_who_will_serve_several_states_is_of_their_own_until_then(entities: Entities) -> None:
    before, after = date(2023, 5, 3), date(2023, 5, 4)
    known = entities.person("Abel Stone", before)
    assert known is not None
    assert (known.on(before).country, known.on(after).country) == ("", "IGO")
    alone = parse("Abel/PROPN/3/nsubj Stone/PROPN/1/flat left/VERB/0/root", names="PER Abel Stone", published=before)
    assert [found[1] for found in shown(entities, alone)["Abel Stone"]] == [""]
    told = parse(
        "US/PROPN/3/compound Governor/PROPN/3/nmod:desc Abel/PROPN/5/nsubj Stone/PROPN/3/flat left/VERB/0/root",
        names="PER Abel Stone",
        published=before,
    )
    found = shown(entities, told)
    assert found["Abel Stone"] == found["US Governor Abel Stone"] == [("abel-stone", "USA", ("GOV",))]


LED = "The/DET/5/det Kenyan/ADJ/4/compound -/PUNCT/2/punct led/VERB/5/amod {}/NOUN/6/nsubj met/VERB/0/root"


@pytest.mark.parametrize(
    ("noun", "words", "expected"),
    [
        ("coalition", "Kenyan-led coalition", ("harbour-coalition", "KEN", ("MIL",))),
        ("government", "The Kenyan-led government", ("", "KEN", ("GOV",))),
        ("troops", "The Kenyan-led troops", ("", "KEN", ("MIL",))),
        ("rebels", "The Kenyan-led rebels", ("", "", ("REB",))),
    ],
)
def test_what_a_state_leads_is_of_it(
    entities: Entities, noun: str, words: str, expected: tuple[str, str, tuple[str, ...]]
) -> None:
    built = parse(LED.replace(" -/", " +-/").replace(" led/", " +led/").format(noun))
    assert shown(entities, built)[words] == [expected]
