"""Who is described and named is one, and where something happens is nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import parse
from turnstone.coding.clauses import Clauses
from turnstone.coding.role_phrases import RolePhrases
from turnstone.records import Analysis, Article, Mention, Place, Proposal, Resolution, Span


def phrases(
    built: tuple[Article, Analysis],
    kind: str,
    actors: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    trigger: int = 0,
    place: tuple[str, Resolution] | None = None,
    titles: tuple[str, ...] = (),
    bodies: tuple[str, ...] = (),
) -> tuple[list[str], list[str]]:
    """The words of those who act and of those to whom it is done."""
    article, analysis = built
    text = article.text

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    proposal = Proposal(
        trigger, ((kind, 0.9),), (), (("happened", 0.9),), (), tuple(map(span, actors)), tuple(map(span, recipients))
    )
    places = ()
    if place is not None:
        at = span(place[0])
        places = (Place(at.start, at.end, place[0], "SOM", 1, 0.0, 0.0, place[1]),)
    mentions = [Mention(span(one).start, span(one).end, "OTHER", "", one) for one in titles]
    mentions += [Mention(span(one).start, span(one).end, "ORG", one, one) for one in bodies]
    analysis = replace(analysis, proposals=(proposal,))
    found = RolePhrases(text, analysis, mentions, places, Clauses(analysis.tokens)).of(proposal)
    acting, receiving = ([text[one.span.start : one.span.end] for one in side] for side in found)
    return acting, receiving


def test_a_description_and_the_name_after_it_are_one() -> None:
    built = parse(
        "A/DET/2/det banker/NOUN/5/nsubj:pass Ada/PROPN/2/appos Obi/PROPN/3/flat held/VERB/0/root", names="PER Ada Obi"
    )
    assert phrases(built, "COERCE", recipients=("A banker",), trigger=4)[1] == ["A banker Ada Obi"]
    assert phrases(built, "COERCE", recipients=("A banker", "Ada Obi"), trigger=4)[1] == ["A banker Ada Obi"]


def test_they_are_one_though_the_tree_has_both_beside_the_verb_and_the_network_in_two_roles() -> None:
    built = parse(
        "Fenland/ADJ/2/amod bank/NOUN/4/nsubj Moorcroft/PROPN/4/nsubj pays/VERB/0/root", names="ORG Moorcroft"
    )
    found = phrases(built, "AGREE", actors=("Fenland bank",), recipients=("Moorcroft",), trigger=3)
    assert found == (["Fenland bank Moorcroft"], [])


def test_of_an_apposition_between_commas_the_name_stays() -> None:
    built = parse(
        "The/DET/2/det envoy/NOUN/7/nsubj +,/PUNCT/4/punct Ada/PROPN/2/appos Obi/PROPN/4/flat +,/PUNCT/2/punct "
        "left/VERB/0/root",
        names="PER Ada Obi",
    )
    assert phrases(built, "RETREAT", actors=("The envoy",), trigger=6)[0] == ["Ada Obi"]


def test_who_is_given_somebody_or_stands_before_a_clause_is_not_who_is_named_next() -> None:
    gave = parse("They/PRON/2/nsubj gave/VERB/0/root the/DET/4/det court/NOUN/2/iobj Obi/PROPN/2/obj", names="PER Obi")
    told = parse(
        "They/PRON/2/nsubj told/VERB/0/root the/DET/4/det court/NOUN/2/obj Obi/PROPN/6/nsubj fled/VERB/2/ccomp",
        names="PER Obi",
    )
    for built in (gave, told):
        assert phrases(built, "COERCE", recipients=("the court", "Obi"), trigger=1)[1] == ["the court", "Obi"]


def test_several_people_are_not_the_one_named_after_them() -> None:
    article, analysis = parse("Envoys/NOUN/3/nsubj Obi/PROPN/3/nsubj met/VERB/0/root", names="PER Obi")
    tokens = (replace(analysis.tokens[0], lemma="envoy"), *analysis.tokens[1:])
    found = phrases((article, replace(analysis, tokens=tokens)), "CONSULT", actors=("Envoys", "Obi"), trigger=2)
    assert found[0] == ["Envoys", "Obi"]


def test_a_word_of_a_title_is_nobody_beside_the_one_who_bears_it() -> None:
    built = parse(
        "Secretary/NOUN/5/nsubj of/ADP/3/case State/PROPN/1/nmod Obi/PROPN/1/flat met/VERB/0/root", names="PER Obi"
    )
    found = phrases(built, "CONSULT", actors=("State", "Obi"), trigger=4, titles=("Secretary of State Obi",))
    assert found[0] == ["Obi"]
    assert phrases(built, "CONSULT", actors=("State", "Obi"), trigger=4)[0] == ["State Obi"]


SHELLED = (
    "Rebels/NOUN/2/nsubj shelled/VERB/0/root a/DET/4/det base/NOUN/2/obj in/ADP/6/case Orla/PROPN/4/nmod "
    "District/PROPN/6/flat"
)


def test_where_an_attack_happens_is_nobody_but_what_is_attacked_there_is() -> None:
    found = phrases(
        parse(SHELLED), "ASSAULT", ("Rebels",), ("a base", "Orla District"), 1, ("Orla District", "district")
    )
    assert found == (["Rebels"], ["a base"])


def test_a_place_without_a_preposition_of_place_may_be_attacked() -> None:
    built = parse("Rebels/NOUN/2/nsubj shelled/VERB/0/root Orla/PROPN/2/obj")
    assert phrases(built, "ASSAULT", ("Rebels",), ("Orla",), 1, ("Orla", "city"))[1] == ["Orla"]


def test_who_is_visited_in_a_country_and_a_building_stay() -> None:
    built = parse("Envoys/NOUN/2/nsubj arrive/VERB/0/root in/ADP/4/case Orla/PROPN/2/obl")
    assert phrases(built, "CONSULT", ("Envoys",), ("Orla",), 1, ("Orla", "country"))[1] == ["Orla"]
    assert phrases(built, "ASSAULT", ("Envoys",), ("Orla",), 1, ("Orla", "point"))[1] == ["Orla"]


def test_those_in_a_place_act_and_not_the_place() -> None:
    built = parse("Dockers/NOUN/5/nsubj in/ADP/3/case Orla/PROPN/1/nmod today/NOUN/5/obl:unmarked strike/VERB/0/root")
    assert phrases(built, "PROTEST", ("Orla",), trigger=4, place=("Orla", "city"))[0] == ["Dockers in Orla"]
    built = parse("Riots/NOUN/2/nsubj spread/VERB/0/root in/ADP/4/case Orla/PROPN/2/obl")
    assert phrases(built, "PROTEST", ("Orla",), trigger=0, place=("Orla", "city"))[0] == []


def test_the_name_of_a_known_body_is_taken_whole_and_a_stranger_as_it_is() -> None:
    built = parse(
        "The/DET/2/det Union/PROPN/7/nsubj of/ADP/4/case Ard/PROPN/2/nmod and/CCONJ/6/cc Orla/PROPN/4/conj "
        "attacked/VERB/0/root"
    )
    split = ("The Union of Ard", "Orla")
    known = phrases(built, "ASSAULT", actors=split, trigger=6, bodies=("Union of Ard and Orla",))
    assert known[0] == ["The Union of Ard and Orla"]
    assert phrases(built, "ASSAULT", actors=split, trigger=6)[0] == list(split)


def test_the_place_of_a_dateline_takes_no_part() -> None:
    built = parse("STRELSAU/PROPN/3/nsubj -/PUNCT/1/punct Ruritania/PROPN/4/nsubj fined/VERB/0/root banks/NOUN/4/obj")
    found = phrases(built, "SANCTION", ("Ruritania",), ("STRELSAU", "banks"), 3, place=("STRELSAU", "city"))
    assert found == (["Ruritania"], ["banks"])
    built = parse("Strelsau/PROPN/2/nsubj fined/VERB/0/root banks/NOUN/2/obj")
    assert phrases(built, "SANCTION", ("Strelsau",), ("banks",), 1, place=("Strelsau", "city")) == (
        ["Strelsau"],
        ["banks"],
    )


FALL = (
    "Banks/NOUN/2/nsubj fall/VERB/0/root after/SCONJ/5/mark {subject}/{upos}/5/nsubj call/VERB/2/advcl for/ADP/7/case "
    "talks/NOUN/5/obl"
)


def test_who_is_of_a_verb_above_does_not_act_in_one_that_has_its_own() -> None:
    both = ("Banks", "Ministers")
    built = parse(FALL.format(subject="Ministers", upos="NOUN"))
    assert phrases(built, "REQUEST", both, trigger=4) == (["Ministers"], [])
    pronoun = parse(FALL.format(subject="they", upos="PRON"))
    assert phrases(pronoun, "REQUEST", ("Banks", "they"), trigger=4) == (["Banks", "they"], [])
    assert phrases(built, "REQUEST", ("Banks",), trigger=4) == (["Banks"], [])


def test_who_is_of_a_verb_above_receives_only_what_kills() -> None:
    robbed = parse(
        "Rebels/NOUN/2/nsubj rob/VERB/0/root farmers/NOUN/2/obj before/SCONJ/6/mark "
        "thieves/NOUN/6/nsubj:pass shot/VERB/2/advcl"
    )
    assert phrases(robbed, "ASSAULT", (), ("farmers", "thieves"), trigger=5) == ([], ["thieves"])
    killed = parse(
        "Farmers/NOUN/2/nsubj:pass killed/VERB/0/root when/SCONJ/5/mark rebels/NOUN/5/nsubj shell/VERB/2/advcl "
        "a/DET/7/det market/NOUN/5/obj"
    )
    both = ("Farmers", "a market")
    assert phrases(killed, "ASSAULT", ("rebels",), both, trigger=4) == (["rebels"], ["Farmers", "a market"])


def test_what_describes_the_subject_is_nobody_beside_it() -> None:
    said = (
        "Zenda/PROPN/2/compound Watch/PROPN/7/nsubj +,/PUNCT/2/punct {}/DET/5/det club/NOUN/7/nsubj +,/PUNCT/5/punct"
        " left/VERB/0/root"
    )
    built = parse(said.format("a"), names="ORG Zenda Watch")
    assert phrases(built, "RETREAT", actors=("Zenda Watch", "a club"), trigger=6)[0] == ["Zenda Watch"]
    listed = parse(said.format("the"), names="ORG Zenda Watch")
    assert phrases(listed, "RETREAT", actors=("Zenda Watch", "the club"), trigger=6)[0] == ["Zenda Watch", "the club"]


@pytest.mark.parametrize(
    ("sentence", "actors", "expected"),
    [
        (
            "Ruritanian/ADJ/2/amod police/NOUN/3/nsubj left/VERB/0/root",
            ("police", "Ruritanian"),
            ["Ruritanian police"],
        ),
        (  # whatever the tree has between them
            "Editor/NOUN/4/nsubj Ada/PROPN/1/orphan Obi/PROPN/2/flat left/VERB/0/root",
            ("Editor", "Ada Obi"),
            ["Editor Ada Obi"],
        ),
        (
            "Ruritanian/ADJ/2/amod editor/NOUN/5/nsubj Ada/PROPN/1/orphan Obi/PROPN/3/flat left/VERB/0/root",
            ("Ruritanian", "editor", "Ada Obi"),
            ["Ruritanian editor Ada Obi"],
        ),
        (
            "The/DET/2/det editor/NOUN/5/nsubj Ada/PROPN/1/orphan Obi/PROPN/3/flat left/VERB/0/root",
            ("The editor", "Ada Obi"),
            ["The editor", "Ada Obi"],
        ),
        (
            "Envoys/NOUN/4/nsubj and/CCONJ/3/cc clerks/NOUN/1/conj left/VERB/0/root",
            ("clerks", "Envoys"),
            ["Envoys", "clerks"],  # in the order of the text
        ),
    ],
)
def test_phrases_that_adjoin_are_of_one_noun(sentence: str, actors: tuple[str, ...], expected: list[str]) -> None:
    built = parse(sentence, names="PER Ada Obi" if "Obi" in sentence else "")
    trigger = len(sentence.split()) - 1
    assert phrases(built, "RETREAT", actors=actors, trigger=trigger)[0] == expected


def test_phrases_of_two_sides_are_not_one() -> None:
    built = parse("Zenda/PROPN/3/nsubj police/NOUN/3/obj held/VERB/0/root")
    assert phrases(built, "COERCE", ("Zenda",), ("police",), 2) == (["Zenda"], ["police"])


@pytest.mark.parametrize(
    ("rows", "names", "first", "second", "one"),
    [
        ("Engineer/NOUN/4/nsubj and/CCONJ/3/cc writer/NOUN/4/nsubj {}", "", "Engineer", "writer Ada Obi", True),
        (
            "The/DET/2/det engineer/NOUN/5/nsubj and/CCONJ/4/cc writer/NOUN/5/nsubj {}",
            "",
            "The engineer",
            "writer Ada Obi",
            False,
        ),
        (
            "His/PRON/2/nmod:poss engineer/NOUN/5/nsubj and/CCONJ/4/cc writer/NOUN/5/nsubj {}",
            "",
            "His engineer",
            "writer Ada Obi",
            False,
        ),
        (
            "Engineer/NOUN/5/nsubj and/CCONJ/4/cc the/DET/4/det writer/NOUN/5/nsubj {}",
            "",
            "Engineer",
            "the writer Ada Obi",
            False,
        ),
        ("Engineers/NOUN/4/nsubj and/CCONJ/3/cc writer/NOUN/4/nsubj {}", "", "Engineers", "writer Ada Obi", False),
        # of others
        ("Zenda/PROPN/4/nsubj and/CCONJ/3/cc writer/NOUN/4/nsubj {}", "", "Zenda", "writer Ada Obi", False),
        (
            "Engineer/NOUN/5/nsubj Ivo/PROPN/1/appos and/CCONJ/4/cc writer/NOUN/5/nsubj {}",
            "PER Ivo; ",
            "Engineer Ivo",
            "writer Ada Obi",
            False,
        ),
        ("Engineer/NOUN/3/nsubj and/CCONJ/3/cc {}", "", "Engineer", "Ada Obi", False),
    ],
)
def test_titles_that_and_joins_are_of_one_person_unless_one_has_an_article(
    rows: str, names: str, first: str, second: str, one: bool
) -> None:
    name = len(rows.split())  # the place of the name's first word
    sentence = rows.format(f"Ada/PROPN/{name + 2}/nsubj Obi/PROPN/{name}/flat left/VERB/0/root")
    article, analysis = parse(sentence, names=f"{names}PER Ada Obi")
    tokens = tuple(replace(token, lemma=token.lemma.removesuffix("s")) for token in analysis.tokens)
    built = article, replace(analysis, tokens=tokens)
    found = phrases(built, "RETREAT", actors=(first, second), trigger=name + 1)[0]
    assert found == ([f"{first} and {second}"] if one else [first, second])


LEADER = (
    "The/DET/2/det leader/NOUN/9/nsubj of/ADP/5/case the/DET/5/det league/NOUN/2/nmod +,/PUNCT/7/punct "
    "Ada/PROPN/{}/appos Obi/PROPN/7/flat left/VERB/0/root"
)


@pytest.mark.parametrize(
    ("of", "titles", "expected"),
    [
        (2, ("The leader of the league, Ada Obi",), "Ada Obi"),
        (2, (), "The leader of the league, Ada Obi"),  # no title that is known
        (9, ("The leader of the league, Ada Obi",), "The leader of the league, Ada Obi"),  # of no word of it
    ],
)
def test_of_a_description_and_the_name_after_its_comma_the_name_stays(
    of: int, titles: tuple[str, ...], expected: str
) -> None:
    built = parse(LEADER.format(of), names="PER Ada Obi")
    given = ("The leader of the league, Ada Obi",)
    assert phrases(built, "RETREAT", actors=given, trigger=8, titles=titles)[0] == [expected]
