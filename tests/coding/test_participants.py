"""Who a noun phrase stands for."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import parse
from turnstone.coding.participants import Cast, identity
from turnstone.records import Mention, Participant, Span

TALKS, ANALYSIS = parse(
    "Both/DET/2/det leaders/NOUN/3/nsubj praised/VERB/0/root Kenya/PROPN/6/nmod:poss +'s/PART/4/case offices/NOUN/3/obj"
)


def mention(words: str, **values: object) -> Mention:
    start = TALKS.text.index(words)
    return Mention(start, start + len(words), values.pop("kind", "PER"), **values)  # type: ignore[arg-type]


def span(words: str) -> Span:
    start = TALKS.text.index(words)
    return Span(start, start + len(words))


def test_two_mentions_of_the_same_words_are_two_participants() -> None:
    mentions = [
        mention("Both leaders", name=n, country=c, entity_id=n) for n, c in (("Ann Oe", "NOR"), ("Bo Li", "CHN"))
    ]
    found = Cast(TALKS.text, ANALYSIS, mentions).of(span("Both leaders"))
    assert [p.country for p in found] == ["NOR", "CHN"]


def test_a_thing_stands_for_its_owner() -> None:
    (found,) = Cast(TALKS.text, ANALYSIS, [mention("Kenya", name="Kenya", country="KEN")]).of(span("Kenya's offices"))
    assert (found.country, found.name) == ("KEN", "Kenya")
    assert TALKS.text[found.start : found.end] == "Kenya's offices"


def test_part_of_a_name_is_its_bearer() -> None:
    known = mention("Both leaders", name="Bo Li", country="CHN", entity_id="bo-li")
    (found,) = Cast(TALKS.text, ANALYSIS, [known]).of(span("leaders"))
    assert (found.entity_id, TALKS.text[found.start : found.end]) == ("bo-li", "leaders")
    body = mention("Both leaders", kind="ORG", name="Both", country="CHN")
    assert Cast(TALKS.text, ANALYSIS, [body]).of(span("leaders"))[0].country == "CHN"
    offices = mention("Kenya's offices", kind="ORG", name="Offices", country="CHN")
    assert Cast(TALKS.text, ANALYSIS, [offices]).of(span("Kenya"))[0].country == ""


def test_owners_of_one_country_tell_it_though_not_who() -> None:
    text, analysis = parse(
        "Kenya/PROPN/5/nmod:poss +'s/PART/1/case Nairobi/PROPN/5/compound port/NOUN/5/compound offices/NOUN/0/root"
    )
    state = Mention(0, 5, "GPE", "KEN", "Kenya", "KEN")
    (found,) = Cast(text.text, analysis, [state, Mention(8, 15, "LOC", "", "Nairobi", "KEN")]).of(Span(0, 28))
    assert (found.country, found.entity_id, found.name) == ("KEN", "", "Kenya's Nairobi port offices")
    (found,) = Cast(text.text, analysis, [state, Mention(8, 15, "LOC", "", "Nairobi", "UGA")]).of(Span(0, 28))
    assert found.country == ""


def test_nothing_known_is_said_as_it_is() -> None:
    (found,) = Cast(TALKS.text, ANALYSIS, []).of(span("Both leaders"))
    assert (found.name, found.country, found.entity_id) == ("Both leaders", "", "")


def test_two_of_one_country_of_whom_no_more_is_known_are_two() -> None:
    one, other = (Participant(0, 3, name, "", "KEN") for name in ("Ada Obi", "Jean Oko"))
    assert identity(one) != identity(other)
    assert identity(replace(one, sectors=("GOV",))) == identity(replace(other, sectors=("GOV",)))
    assert identity(replace(one, name="a hotel")) != identity(replace(other, name="a shop"))
    assert identity(replace(one, name="A hotel")) == identity(replace(other, name="a hotel"))


def test_a_thing_in_a_state_is_not_the_state() -> None:
    article, analysis = parse(
        "Kenya/PROPN/2/compound offices/NOUN/3/nsubj raided/VERB/0/root a/DET/5/det village/NOUN/3/obj in/ADP/7/case "
        "Chad/PROPN/5/nmod"
    )
    words = "a village in Chad"
    start, end = article.text.index(words), len(article.text)
    chad = Mention(end - 4, end, "GPE", "TCD", "Chad", "TCD")
    (found,) = Cast(article.text, analysis, [chad]).of(Span(start, end))
    assert (found.entity_id, found.country, found.name) == ("", "TCD", words)
    kenya = Mention(0, 5, "GPE", "KEN", "Kenya", "KEN")
    assert Cast(article.text, analysis, [kenya]).of(Span(0, 13))[0].entity_id == "KEN"


def test_a_capital_beside_a_thing_is_a_place_but_in_the_possessive_a_government() -> None:
    for sentence, words, known in (
        ("a/DET/3/det Nairobi/PROPN/3/compound train/NOUN/0/root", "a Nairobi train", ""),
        ("Nairobi/PROPN/3/nmod:poss +'s/PART/1/case troops/NOUN/0/root", "Nairobi's troops", "KEN"),
    ):
        article, analysis = parse(sentence)
        start = article.text.index("Nairobi")
        capital = Mention(
            start, start + 7, "GPE", "KEN", "Nairobi", "KEN", ("GOV",), "capital of Kenya, for its government"
        )
        (found,) = Cast(article.text, analysis, [capital]).of(Span(0, len(words)))
        assert (found.entity_id, found.country) == (known, "KEN")


def test_who_is_described_and_named_has_the_name_and_what_the_description_tells() -> None:
    article, analysis = parse(
        "Kenyan/ADJ/2/amod banker/NOUN/5/nsubj Ada/PROPN/2/appos Obi/PROPN/3/flat left/VERB/0/root"
    )
    described = Mention(0, 13, "OTHER", "", "Kenyan banker", "KEN", ("BUS",))
    unknown = Mention(14, 21, "PER", "", "Ada Obi")
    parts = Span(0, 13), Span(14, 21), Span(0, 21)
    found = Cast(article.text, analysis, [described, unknown]).described(*parts)
    assert (found.start, found.end, found.name, found.country, found.sectors) == (0, 21, "Ada Obi", "KEN", ("BUS",))
    known = replace(unknown, entity_id="ada-obi", country="UGA", sectors=("GOV",))
    found = Cast(article.text, analysis, [described, known]).described(*parts)
    assert (found.entity_id, found.country, found.end) == ("ada-obi", "UGA", 21)


def test_a_thing_of_two_states_is_of_both() -> None:
    built, analysis = parse(
        "French/ADJ/5/amod and/CCONJ/3/cc Malian/ADJ/1/conj navy/NOUN/5/compound jets/NOUN/6/nsubj rose/VERB/0/root"
    )

    def said(words: str, country: str) -> Mention:
        start = built.text.index(words)
        return Mention(start, start + len(words), "OTHER", "", words, country)

    mentions = [said("French", "FRA"), said("Malian", "MLI")]
    jets = Span(0, built.text.index(" rose"))
    assert [one.country for one in Cast(built.text, analysis, mentions).of(jets)] == ["FRA", "MLI"]
    navies = [*mentions, said("navy", "FRA"), said("navy", "MLI")]
    assert [one.country for one in Cast(built.text, analysis, navies).of(jets)] == ["FRA", "MLI"]
    others = [*mentions, said("navy", "KEN")]  # whose jets they are cannot be told
    assert [one.country for one in Cast(built.text, analysis, others).of(jets)] == [""]


def test_a_ship_is_of_the_state_whose_flag_it_flies() -> None:
    built, analysis = parse(
        "A/DET/5/det Kenya/PROPN/4/obl:unmarked +-/PUNCT/2/punct +flagged/VERB/5/amod vessel/NOUN/6/nsubj "
        "sank/VERB/0/root"
    )
    kenya = Mention(2, 7, "GPE", "KEN", "Kenya", "KEN")
    assert [one.country for one in Cast(built.text, analysis, [kenya]).of(Span(0, 22))] == ["KEN"]


def test_a_title_that_the_tree_leaves_apart_is_whoever_is_named_after_it() -> None:
    article, analysis = parse(
        "Rep./PROPN/4/nsubj Ada/PROPN/4/nsubj Obi/PROPN/2/flat spoke/VERB/0/root", names="PER Ada Obi"
    )
    at = article.text.index("Ada")
    mentions = [Mention(at, at + 7, "PER", "", "Ada Obi", "KEN", ("LEG",))]
    (found,) = Cast(article.text, analysis, mentions).of(Span(0, at + 7))
    assert (found.name, found.country, found.start) == ("Ada Obi", "KEN", 0)


def test_a_title_right_behind_a_body_or_state_and_its_bearer_are_who_is_meant() -> None:
    article, analysis = parse(
        "Ard/PROPN/6/nsubj Islands/PROPN/1/flat Premier/PROPN/1/flat Ada/PROPN/1/flat Obi/PROPN/1/flat left/VERB/0/root"
    )

    def at(words: str, kind: str, country: str = "") -> Mention:
        start = article.text.index(words)
        return Mention(start, start + len(words), kind, "", words, country, ())  # type: ignore[arg-type]

    state, person = at("Ard Islands", "GPE", "ARD"), at("Ada Obi", "PER")
    titled, whole = at("Premier Ada Obi", "OTHER"), Span(0, article.text.index(" left"))
    (found,) = Cast(article.text, analysis, [state, titled, person]).of(whole)
    assert (found.name, found.country) == ("Premier Ada Obi", "ARD")
    (found,) = Cast(article.text, analysis, [state, replace(titled, country="GRA"), person]).of(whole)
    assert found.country == "GRA"
    (found,) = Cast(article.text, analysis, [state, person]).of(whole)
    assert found.name == "Ard Islands"
    (found,) = Cast(article.text, analysis, [state, titled, person]).of(Span(0, len("Ard Islands")))
    assert found.name == "Ard Islands"
