"""Who the words of an article stand for, from dependency trees built by hand."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import parse
from tests.resolution.shown import Shown, shown
from turnstone.knowledge.entities import Entities
from turnstone.records import Analysis, Article, Mention, Name, Quotation, Span, Token
from turnstone.resolution.mentions import find_mentions

XI: Shown = ("xi-jinping", "CHN", ("GOV",))
PUTIN: Shown = ("vladimir-putin", "RUS", ("GOV",))
INVITES = (
    "Chinese/ADJ/2/amod President/PROPN/3/nmod:desc Xi/PROPN/5/nsubj Jinping/PROPN/3/flat said/VERB/0/root"
    " he/PRON/7/nsubj invited/VERB/5/ccomp his/PRON/10/nmod:poss Russian/ADJ/10/amod counterpart/NOUN/7/obj"
    " Vladimir/PROPN/10/appos Putin/PROPN/11/flat to/PART/14/mark visit/VERB/7/xcomp China/PROPN/14/obj"
)
BOTH = (
    "Both/DET/2/det leaders/NOUN/3/nsubj hold/VERB/0/root talks/NOUN/3/obj in/ADP/6/case Moscow/PROPN/3/obl"
    " +./PUNCT/3/punct"
)


def test_titles_counterparts_pronouns_and_both(entities: Entities) -> None:
    found = shown(entities, parse(INVITES, BOTH, names="PER Xi Jinping; PER Vladimir Putin"))
    assert found["Xi Jinping"] == found["Chinese President Xi Jinping"] == found["he"] == found["his"] == [XI]
    assert found["Vladimir Putin"] == found["his Russian counterpart Vladimir Putin"] == [PUTIN]
    assert found["China"] == [("CHN", "CHN", ())]
    assert found["Both leaders"] == [XI, PUTIN]
    assert found["Moscow"] == [("RUS", "RUS", ())]  # where, not who


def test_a_counterpart_without_a_name_holds_the_same_office(entities: Entities) -> None:
    sentence = "Xi/PROPN/2/nsubj met/VERB/0/root his/PRON/5/nmod:poss Russian/ADJ/5/amod counterpart/NOUN/2/obj"
    assert shown(entities, parse(sentence))["his Russian counterpart"] == [PUTIN]


@pytest.mark.parametrize(
    ("sentence", "names", "words", "expected"),
    [
        (  # unknown to the data
            "Russian/ADJ/3/amod Prime/ADJ/3/amod Minister/PROPN/4/nmod:desc Mikhail/PROPN/6/nsubj"
            " Mishustin/PROPN/4/flat spoke/VERB/0/root",
            "PER Mikhail Mishustin",
            ("Mikhail Mishustin", "Russian Prime Minister Mikhail Mishustin"),
            ("", "RUS", ("GOV",)),
        ),
        (  # the nationality hangs on the name, which the model did not find
            "Russian/ADJ/4/amod Prime/ADJ/3/amod Minister/PROPN/4/nmod:desc Mikhail/PROPN/6/nsubj"
            " Mishustin/PROPN/4/flat spoke/VERB/0/root",
            "",
            ("Mikhail Mishustin", "Russian Prime Minister Mikhail Mishustin"),
            ("", "RUS", ("GOV",)),
        ),
        (
            "Ukrainian/ADJ/3/amod foreign/ADJ/3/amod ministry/NOUN/4/compound spokesman/NOUN/5/nmod:desc"
            " Oleg/PROPN/7/nsubj Nikolenko/PROPN/5/flat said/VERB/0/root",
            "PER Oleg Nikolenko",
            ("Oleg Nikolenko", "Ukrainian foreign ministry spokesman Oleg Nikolenko"),
            ("", "UKR", ("GOV",)),
        ),
        (
            "US/PROPN/2/compound Secretary/PROPN/5/nmod:desc of/ADP/4/case State/PROPN/2/nmod Antony/PROPN/7/nsubj"
            " Blinken/PROPN/5/flat spoke/VERB/0/root",
            "PER Antony Blinken",
            ("Antony Blinken", "US Secretary of State Antony Blinken"),
            ("antony-blinken", "USA", ("GOV",)),
        ),
        (
            "Newly/ADV/2/advmod chosen/VERB/4/amod Chinese/ADJ/4/amod Premier/PROPN/5/nmod:desc Li/PROPN/7/nsubj"
            " Qiang/PROPN/5/flat said/VERB/0/root",
            "PER Li Qiang",
            ("Li Qiang", "Newly chosen Chinese Premier Li Qiang"),
            ("", "CHN", ("GOV",)),
        ),
        (
            "The/DET/4/det former/ADJ/4/amod French/ADJ/4/amod minister/NOUN/7/nsubj Jean/PROPN/4/appos"
            " Martin/PROPN/5/flat resigned/VERB/0/root",
            "PER Jean Martin",
            ("Jean Martin", "The former French minister Jean Martin"),
            ("", "FRA", ("ELI",)),
        ),
        (
            "Anna/PROPN/9/nsubj Roy/PROPN/1/flat +,/PUNCT/5/punct the/DET/5/det president/NOUN/1/appos of/ADP/7/case"
            " Kenya/PROPN/5/nmod +,/PUNCT/5/punct left/VERB/0/root",
            "PER Anna Roy",
            ("Anna Roy", "the president of Kenya"),
            ("", "KEN", ("GOV",)),
        ),
        (
            "The/DET/3/det Russian/ADJ/3/amod government/NOUN/4/nsubj fell/VERB/0/root",
            "",
            ("The Russian government",),
            ("", "RUS", ("GOV",)),
        ),
        (
            "Israeli/ADJ/2/amod troops/NOUN/3/nsubj left/VERB/0/root",
            "",
            ("Israeli troops",),
            ("", "ISR", ("MIL",)),
        ),
        (
            "Palestinian/ADJ/2/amod gunmen/NOUN/3/nsubj fired/VERB/0/root",
            "",
            ("Palestinian gunmen",),
            ("", "PSE", ("UAF",)),
        ),
        (
            "Syria/PROPN/3/nmod:poss +'s/PART/1/case rebels/NOUN/4/nsubj fled/VERB/0/root",
            "LOC Syria",
            ("Syria's rebels",),
            ("", "SYR", ("REB",)),
        ),
        (
            "Police/NOUN/4/nsubj in/ADP/3/case Nairobi/PROPN/1/nmod fired/VERB/0/root",
            "LOC Nairobi",
            ("Police",),
            ("", "KEN", ("COP",)),
        ),
        (  # troops abroad are not the country's they are in
            "Troops/NOUN/4/nsubj in/ADP/3/case Nairobi/PROPN/1/nmod fired/VERB/0/root",
            "LOC Nairobi",
            ("Troops",),
            ("", "", ("MIL",)),
        ),
        (  # backed by Russia is not of Russia
            "Russian/ADJ/3/amod +-/PUNCT/3/punct +backed/VERB/4/amod rebels/NOUN/5/nsubj fled/VERB/0/root",
            "",
            ("Russian-backed rebels",),
            ("", "", ("REB",)),
        ),
        (
            "The/DET/3/det Russian/ADJ/3/amod president/NOUN/4/nsubj left/VERB/0/root",
            "",
            ("The Russian president",),
            PUTIN,
        ),
        (
            "A/DET/3/det Russian/ADJ/3/amod president/NOUN/4/nsubj left/VERB/0/root",
            "",
            ("A Russian president",),
            ("", "RUS", ("GOV",)),
        ),
        (
            "The/DET/4/det acting/ADJ/4/amod Russian/ADJ/4/amod president/NOUN/5/nsubj left/VERB/0/root",
            "",
            ("The acting Russian president",),
            ("", "RUS", ("GOV",)),
        ),
        (
            "Kyiv/PROPN/2/nsubj called/VERB/0/root for/ADP/4/case talks/NOUN/2/obl",
            "LOC Kyiv",
            ("Kyiv",),
            ("UKR", "UKR", ("GOV",)),
        ),
        (
            "The/DET/2/det Kremlin/PROPN/3/nsubj answered/VERB/0/root",
            "",
            ("Kremlin",),
            ("RUS", "RUS", ("GOV",)),
        ),
        (
            "Fighting/NOUN/4/nsubj in/ADP/3/case Bakhmut/PROPN/1/nmod raged/VERB/0/root",
            "LOC Bakhmut",
            ("Bakhmut",),
            ("", "", ()),
        ),
        (
            "The/DET/2/det Russians/PROPN/3/nsubj left/VERB/0/root",
            "",
            ("The Russians",),
            ("", "RUS", ()),
        ),
        (  # a body the model named, explained by its words
            "The/DET/4/det Russian/ADJ/4/amod Foreign/ADJ/4/amod Ministry/PROPN/5/nsubj spoke/VERB/0/root",
            "ORG Russian Foreign Ministry",
            ("Russian Foreign Ministry", "The Russian Foreign Ministry"),
            ("", "RUS", ("GOV",)),
        ),
        (
            "Foreign/ADJ/2/amod Ministry/PROPN/5/nsubj of/ADP/4/case Ukraine/PROPN/2/nmod spoke/VERB/0/root",
            "ORG Foreign Ministry of Ukraine",
            ("Foreign Ministry of Ukraine",),
            ("", "UKR", ("GOV",)),
        ),
        (  # a name that holds a state's is not the state, but of it
            "Bank/PROPN/4/nsubj of/ADP/3/case China/PROPN/1/nmod grew/VERB/0/root",
            "ORG Bank of China",
            ("Bank of China",),
            ("", "CHN", ("BUS",)),
        ),
        (
            "Protests/NOUN/4/nsubj in/ADP/4/case eastern/ADJ/4/amod Ukraine/PROPN/1/nmod",
            "LOC eastern Ukraine",
            ("eastern Ukraine",),
            ("", "UKR", ()),
        ),
    ],
)
def test_descriptions_and_names(
    entities: Entities, sentence: str, names: str, words: tuple[str, ...], expected: Shown
) -> None:
    found = shown(entities, parse(sentence, names=names))
    for each in words:
        assert found[each] == [expected]


def test_an_adjective_alone_tells_its_state(entities: Entities) -> None:
    found = shown(entities, parse("Russian/ADJ/2/amod gas/NOUN/3/nsubj flows/VERB/0/root"))
    assert found == {"Russian": [("", "RUS", ())]}


@pytest.mark.parametrize(
    ("sentence", "names", "words", "expected"),
    [
        (  # a body that only its name tells of
            "The/DET/5/det US/PROPN/5/compound Copyright/PROPN/5/compound Review/PROPN/5/compound Court/PROPN/6/nsubj "
            "ruled/VERB/0/root",
            "ORG US Copyright Review Court",
            "US Copyright Review Court",
            ("", "USA", ("JUD",)),
        ),
        (  # what a body makes is named after it
            "UN/PROPN/2/compound Resolution/PROPN/4/nsubj 5/NUM/2/nummod calls/VERB/0/root",
            "ORG UN Resolution 5",
            "UN",
            ("un", "UNO", ()),
        ),
        (
            "Troops/NOUN/5/nsubj loyal/ADJ/1/amod to/ADP/4/case Xi/PROPN/2/obl marched/VERB/0/root",
            "PER Xi",
            "Troops loyal",
            ("", "CHN", ("MIL",)),
        ),
    ],
)
def test_whose_a_body_or_force_is(entities: Entities, sentence: str, names: str, words: str, expected: Shown) -> None:
    assert shown(entities, parse(sentence, names=names))[words] == [expected]


def test_two_nationalities_are_two_mentions(entities: Entities) -> None:
    sentence = "Russian/ADJ/4/amod and/CCONJ/3/cc Ukrainian/ADJ/1/conj troops/NOUN/5/nsubj fought/VERB/0/root"
    found = shown(entities, parse(sentence))
    assert found["Russian and Ukrainian troops"] == [
        ("", "RUS", ("MIL",)),
        ("", "UKR", ("MIL",)),
    ]


def test_a_former_holder_is_elite(entities: Entities) -> None:
    built = parse("Dmitry/PROPN/3/nsubj Medvedev/PROPN/1/flat spoke/VERB/0/root", names="PER Dmitry Medvedev")
    assert shown(entities, built)["Dmitry Medvedev"] == [("dmitry-medvedev", "RUS", ("ELI",))]
    then = parse(
        "Dmitry/PROPN/3/nsubj Medvedev/PROPN/1/flat spoke/VERB/0/root",
        names="PER Dmitry Medvedev",
        published=date(2020, 1, 15),
    )
    assert shown(entities, then)["Dmitry Medvedev"] == [("dmitry-medvedev", "RUS", ("GOV",))]


def test_short_forms_and_a_stranger_with_a_known_surname(entities: Entities) -> None:
    first = (
        "Ukrainian/ADJ/2/amod spokesman/NOUN/3/nmod:desc Oleg/PROPN/5/nsubj Nikolenko/PROPN/3/flat met/VERB/0/root"
        " Maria/PROPN/5/obj Putin/PROPN/6/flat +./PUNCT/5/punct"
    )
    second = "Nikolenko/PROPN/2/nsubj praised/VERB/0/root Putin/PROPN/2/obj +./PUNCT/2/punct"
    found = shown(entities, parse(first, second, names="PER Oleg Nikolenko; PER Maria Putin"))
    assert found["Nikolenko"] == found["Oleg Nikolenko"] == [("", "UKR", ())]
    assert found["Putin"] == found["Maria Putin"] == [("", "", ())]


def test_an_acronym_defined_in_the_text(entities: Entities) -> None:
    first = (
        "The/DET/3/det Kenyan/ADJ/3/amod government/NOUN/7/nsubj +(/PUNCT/5/punct GOK/PROPN/3/appos +)/PUNCT/5/punct"
        " fell/VERB/0/root +./PUNCT/7/punct"
    )
    first = first.replace("+(/", "(/").replace("GOK", "+GOK")
    second = "GOK/PROPN/2/nsubj fell/VERB/0/root"
    found = shown(entities, parse(first, second))
    assert found["GOK"] == [("", "KEN", ("GOV",))] * 2


def test_the_title_alone(entities: Entities) -> None:
    first = (
        "Kenyan/ADJ/2/amod president/NOUN/3/nmod:desc Anna/PROPN/5/nsubj Roy/PROPN/3/flat met/VERB/0/root"
        " Volodymyr/PROPN/5/obj Zelensky/PROPN/6/flat in/ADP/9/case Paris/PROPN/5/obl +./PUNCT/5/punct"
    )
    second = "The/DET/2/det president/NOUN/3/nsubj smiled/VERB/0/root +./PUNCT/3/punct"
    names = "PER Anna Roy; PER Volodymyr Zelensky; LOC Paris"
    # two presidents were named: neither
    assert shown(entities, parse(first, second, names=names))["The president"] == [("", "", ("GOV",))]
    alone = first.replace("Volodymyr", "Oleg").replace("Zelensky", "Hall")
    built = parse(alone, second, names="PER Anna Roy; PER Oleg Hall; LOC Paris")
    assert shown(entities, built)["The president"] == [("", "KEN", ("GOV",))]
    # nobody was introduced, one state named
    only = "Russia/PROPN/2/nsubj voted/VERB/0/root +./PUNCT/2/punct"
    assert shown(entities, parse(only, second))["The president"] == [PUTIN]
    assert shown(entities, parse(second))["The president"] == [("", "", ("GOV",))]


def test_the_government_of_another_is_not_the_one_spoken_of(entities: Entities) -> None:
    first = "Kenya/PROPN/2/nsubj voted/VERB/0/root +./PUNCT/2/punct"
    plain = "The/DET/2/det government/NOUN/3/nsubj fell/VERB/0/root +./PUNCT/3/punct"
    other = "The/DET/3/det Smith/PROPN/3/compound government/NOUN/4/nsubj fell/VERB/0/root +./PUNCT/4/punct"
    assert shown(entities, parse(first, plain))["The government"] == [("", "KEN", ("GOV",))]
    assert shown(entities, parse(first, other))["The Smith government"] == [("", "", ("GOV",))]


def test_a_predicate_is_only_its_noun_phrase(entities: Entities) -> None:
    sentence = (
        "Putin/PROPN/5/nsubj will/AUX/5/aux be/AUX/5/cop Russian/ADJ/5/amod president/NOUN/0/root +./PUNCT/5/punct"
    )
    found = shown(entities, parse(sentence))
    assert set(found) == {"Putin", "Russian president"}


def test_an_agency_after_a_dateline_is_not_short_for_the_city(entities: Entities) -> None:
    sentence = (
        "Paris/PROPN/0/root (/PUNCT/3/punct +AFP/PROPN/1/parataxis +)/PUNCT/3/punct -/PUNCT/6/punct"
        " Talks/NOUN/1/parataxis"
    )
    assert "AFP" not in shown(entities, parse(sentence, names="LOC Paris"))


def test_the_company(entities: Entities) -> None:
    first = "Gazprom/PROPN/2/nsubj grew/VERB/0/root +./PUNCT/2/punct"
    second = "The/DET/2/det company/NOUN/3/nsubj sold/VERB/0/root gas/NOUN/3/obj +./PUNCT/3/punct"
    assert shown(entities, parse(first, second))["The company"] == [("gazprom", "RUS", ("BUS",))]
    rival = "Gazprom/PROPN/2/nsubj sued/VERB/0/root Shell/PROPN/2/obj +./PUNCT/2/punct"
    assert shown(entities, parse(rival, second, names="ORG Shell"))["The company"] == [("", "", ("BUS",))]


def test_pronouns_only_where_one_reading_is_open(entities: Entities) -> None:
    first = "Xi/PROPN/2/nsubj met/VERB/0/root Putin/PROPN/2/obj +./PUNCT/2/punct"
    second = "He/PRON/2/nsubj praised/VERB/0/root Ukraine/PROPN/2/obj +./PUNCT/2/punct"
    third = "It/PRON/2/nsubj thanked/VERB/0/root them/PRON/2/obj +./PUNCT/2/punct"
    found = shown(entities, parse(first, second, third))
    assert found["He"] == [XI]
    assert "It" not in found and "them" not in found
    both = "Talks/NOUN/6/nsubj of/ADP/3/case Xi/PROPN/1/nmod and/CCONJ/5/cc Putin/PROPN/3/conj ended/VERB/0/root"
    assert "He" not in shown(entities, parse(both, second))
    state = "Ukraine/PROPN/2/nsubj said/VERB/0/root it/PRON/4/nsubj agreed/VERB/2/ccomp +./PUNCT/2/punct"
    assert shown(entities, parse(state))["it"] == [("UKR", "UKR", ())]


SPEECH = (
    "“/PUNCT/3/punct +I/PRON/3/nsubj invited/VERB/12/ccomp him/PRON/3/obj and/CCONJ/7/cc we/PRON/7/nsubj"
    " agreed/VERB/3/conj +,/PUNCT/3/punct +”/PUNCT/3/punct Chinese/ADJ/11/amod Xi/PROPN/12/nsubj said/VERB/0/root"
)


def test_first_persons_are_the_speaker_and_what_he_speaks_for(entities: Entities) -> None:
    built = parse(SPEECH, quotations=(("Chinese Xi", "said", "I invited him and we agreed"),))
    found = shown(entities, built)
    assert found["I"] == [XI]
    assert found["we"] == [("CHN", "CHN", ("GOV",))]
    assert "him" not in found
    unquoted = shown(entities, parse(SPEECH))
    assert "I" not in unquoted and "we" not in unquoted


def test_the_two_countries(entities: Entities) -> None:
    first = "Russia/PROPN/2/nsubj met/VERB/0/root China/PROPN/2/obj +./PUNCT/2/punct"
    second = "The/DET/3/det two/NUM/3/nummod countries/NOUN/4/nsubj agreed/VERB/0/root"
    found = shown(entities, parse(first, second))
    assert found["The two countries"] == [("RUS", "RUS", ()), ("CHN", "CHN", ())]
    more = "Russia/PROPN/5/nsubj ,/PUNCT/3/punct China/PROPN/1/conj ,/PUNCT/3/punct met/VERB/0/root Israel/PROPN/1/conj"
    assert "The two countries" not in shown(entities, parse(more, second))


@pytest.mark.parametrize("words", ["both sides", "two countries"])
def test_two_states_told_by_name_and_nationality(entities: Entities, words: str) -> None:
    first, second = words.split()
    case = "between/ADP/8/case " if first == "two" else "for/ADP/8/case "
    sentence = (
        "Kenya/PROPN/2/nsubj met/VERB/0/root Syrian/ADJ/4/amod envoys/NOUN/2/obj in/ADP/6/case talks/NOUN/2/obl"
        f" {case.replace('8', '9')}{first}/NUM/9/nummod {second}/NOUN/6/nmod"
    )
    found = shown(entities, parse(sentence))[words]
    assert sorted(one[1] for one in found) == ["KEN", "SYR"]


def test_a_name_right_after_a_title_bears_it_whatever_the_tree(entities: Entities) -> None:
    sentence = (
        "Governor/NOUN/6/nsubj of/ADP/3/case Avon/PROPN/1/nmod Ada/PROPN/6/nsubj Obi/PROPN/4/flat spoke/VERB/0/root"
    )
    found = shown(entities, parse(sentence, names="LOC Avon; PER Ada Obi"))
    assert found["Ada Obi"] == found["Governor of Avon Ada Obi"] == [("", "", ("GOV",))]


@pytest.mark.parametrize(
    ("sentence", "words", "expected"),
    [
        (  # both words of the title hang on the name
            "Kenyan/ADJ/4/amod Attorney/NOUN/4/nmod:desc General/ADJ/4/nmod:desc Ada/PROPN/6/nsubj Obi/PROPN/4/flat"
            " spoke/VERB/0/root",
            "Kenyan Attorney General Ada Obi",
            ("", "KEN", ("GOV", "JUD")),
        ),
        (  # an adjective that stands as a noun
            "The/DET/3/det Kenyan/ADJ/3/amod military/ADJ/4/nsubj left/VERB/0/root",
            "The Kenyan military",
            ("", "KEN", ("MIL",)),
        ),
        (  # the president of a company is not that of its state
            "Gazprom/PROPN/2/compound president/NOUN/3/nsubj left/VERB/0/root",
            "Gazprom president",
            ("", "RUS", ("GOV",)),
        ),
        (  # whose the president is stands behind, though the tree has it elsewhere
            "Kenya/PROPN/2/nsubj told/VERB/0/root the/DET/4/det president/NOUN/2/obj of/ADP/6/case Avon/PROPN/2/obl",
            "the president",
            ("", "", ("GOV",)),
        ),
    ],
)
def test_titles(entities: Entities, sentence: str, words: str, expected: Shown) -> None:
    names = "PER Ada Obi" if "Obi" in sentence else "LOC Avon" if "Avon" in sentence else ""
    assert shown(entities, parse(sentence, names=names))[words] == [expected]


def test_a_surname_alone_that_the_model_takes_for_a_body(entities: Entities) -> None:
    sentence = "Vladimir/PROPN/3/nsubj Putin/PROPN/1/flat says/VERB/0/root Putin/PROPN/5/nsubj stays/VERB/3/ccomp"
    names = "PER Vladimir Putin; ORG Putin"
    assert shown(entities, parse(sentence, names=names))["Putin"] == [PUTIN]


def test_they_are_those_of_the_subject(entities: Entities) -> None:
    first = "Putin/PROPN/4/nsubj and/CCONJ/3/cc Xi/PROPN/1/conj met/VERB/0/root +./PUNCT/4/punct"
    second = (
        "Both/DET/2/det leaders/NOUN/3/nsubj said/VERB/0/root they/PRON/5/nsubj discussed/VERB/3/ccomp"
        " their/PRON/7/nmod:poss plans/NOUN/5/obj +./PUNCT/3/punct"
    )
    found = shown(entities, parse(first, second))
    assert found["Both leaders"] == found["they"] == found["their"] == [PUTIN, XI]
    crowd = "Crowds/NOUN/2/nsubj saw/VERB/0/root that/SCONJ/5/mark they/PRON/5/nsubj left/VERB/2/ccomp"
    assert "they" not in shown(entities, parse(first, crowd))


def test_they_are_the_presidents_of_two_states(entities: Entities) -> None:
    first = (
        "The/DET/2/det presidents/NOUN/7/nsubj of/ADP/4/case Kenya/PROPN/2/nmod and/CCONJ/6/cc Syria/PROPN/4/conj"
        " met/VERB/0/root"
    )
    found = shown(entities, parse(first, "They/PRON/2/nsubj agreed/VERB/0/root"))
    assert [one[1] for one in found["They"]] == ["KEN", "SYR"]


def test_every_mention_says_why_and_order_is_that_of_the_text(entities: Entities) -> None:
    built = parse(INVITES, BOTH, names="PER Xi Jinping; PER Vladimir Putin")
    found = find_mentions(*built, entities)
    assert all(one.basis for one in found)
    assert [(one.start, one.end) for one in found] == sorted((one.start, one.end) for one in found)
    assert found == find_mentions(*built, entities)


WORDS = [
    *("Russian", "Xi", "Putin", "his", "counterpart", "both", "leaders", "the", "two", "countries", "president", "US"),
    *("former", "Kyiv", "(", ")", "UN", "RSF", "I", "we", "it", "he", "said", "Secretary", "of", "State", "foreign"),
    *(
        "ministry",
        "spokesman",
        "police",
        "in",
        "'s",
        ",",
        "Vladimir",
        "“",
        "”",
        "👍🏽",
        "é́",
        "مصر",
        "İstanbul",
        "-",
        "elect",
    ),
    *("ex-president", "company"),
]
RELATIONS = [
    *("nsubj", "obj", "amod", "compound", "nmod", "nmod:poss", "nmod:desc", "flat", "appos", "case", "det", "conj"),
    *("root", "obl", "punct", "nummod", "dep"),
]


@st.composite
def hostile(draw: st.DrawFn) -> tuple[Article, Analysis]:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=25))
    text, tokens = "", []
    for word in words:
        text += draw(st.sampled_from([" ", " ", "\n", ""])) if text else ""
        start = len(text)
        text += word
        head = draw(st.integers(-1, len(words)))
        upos = draw(st.sampled_from(["NOUN", "PROPN", "ADJ", "PRON", "VERB", "X"]))
        tokens.append(Token(start, len(text), upos, word, head, draw(st.sampled_from(RELATIONS))))
    cut = draw(st.integers(0, len(words)))
    offset = st.integers(0, len(text) + 2)
    names = draw(st.lists(st.builds(Name, offset, offset, st.sampled_from(["PER", "ORG", "LOC"])), max_size=4))
    spans = st.lists(st.builds(Span, offset, offset), max_size=2).map(tuple)
    quotations = draw(st.lists(st.builds(Quotation, spans, spans, spans), max_size=3))
    sentences = ((0, cut), (cut, len(words)))
    return Article("a", date(2023, 3, 21), text), Analysis(
        tuple(tokens), sentences, tuple(names), tuple(quotations), ()
    )


@settings(max_examples=300, deadline=None)
@given(built=hostile())
def test_offsets_lie_in_the_text_whatever_the_tree(entities: Entities, built: tuple[Article, Analysis]) -> None:
    found: tuple[Mention, ...] = find_mentions(*built, entities)
    for one in found:
        assert 0 <= one.start < one.end <= len(built[0].text)
        assert built[0].text[one.start : one.end].strip()


def test_only_names_are_of_a_named_kind(entities: Entities) -> None:
    article, analysis = parse(
        "Russian/ADJ/2/amod President/PROPN/3/nmod:desc Vladimir/PROPN/5/nsubj Putin/PROPN/3/flat met/VERB/0/root "
        "Israeli/ADJ/7/amod troops/NOUN/5/obj near/ADP/9/case Kyiv/PROPN/5/obl",
        names="PER Vladimir Putin; LOC Kyiv",
    )
    mentions = find_mentions(article, analysis, entities)
    kinds = {article.text[m.start : m.end]: m.kind for m in mentions}
    assert kinds["Vladimir Putin"] == "PER"
    assert kinds["Kyiv"] == "GPE"
    assert kinds["Russian President Vladimir Putin"] == "OTHER"
    assert kinds["Israeli troops"] == "OTHER"


def test_ministers_of_several_states_are_one_of_each(entities: Entities) -> None:
    sentence = (
        "The/DET/3/det foreign/ADJ/3/amod ministers/NOUN/10/nsubj of/ADP/5/case Kenya/PROPN/3/nmod +,/PUNCT/7/punct "
        "China/PROPN/5/conj and/CCONJ/9/cc Russia/PROPN/5/conj met/VERB/0/root"
    )
    found = [m for m in find_mentions(*parse(sentence), entities) if m.sectors[:1] == ("GOV",) and m.start == 0]
    assert [(m.name, m.country) for m in found] == [
        (f"foreign minister of {name}", code) for name, code in (("Kenya", "KEN"), ("China", "CHN"), ("Russia", "RUS"))
    ]


FORMER = "The/DET/3/det former/ADJ/3/amod premier/NOUN/4/nsubj smiled/VERB/0/root +./PUNCT/4/punct"


@pytest.mark.parametrize(
    ("first", "names", "entity"),
    [
        ("Dmitry/PROPN/3/nsubj Medvedev/PROPN/1/flat left/VERB/0/root", "PER Dmitry Medvedev", "dmitry-medvedev"),
        ("Vladimir/PROPN/3/nsubj Putin/PROPN/1/flat left/VERB/0/root", "PER Vladimir Putin", ""),  # was none
        # somebody else is called that
        (
            "Dmitry/PROPN/3/nsubj Medvedev/PROPN/1/flat met/VERB/0/root former/ADJ/5/amod premier/NOUN/6/nmod:desc"
            " Ada/PROPN/3/obj Obi/PROPN/6/flat",
            "PER Dmitry Medvedev; PER Ada Obi",
            "",
        ),
    ],
)
def test_the_former_holder_is_the_only_one_named(entities: Entities, first: str, names: str, entity: str) -> None:
    found = shown(entities, parse(f"{first} +./PUNCT/3/punct", FORMER, names=names))
    assert [one[0] for one in found["The former premier"]] == [entity]


def test_so_is_that_one_wherever_named_and_a_title_of_nobody_knows_whom_says_nothing(entities: Entities) -> None:
    again = "Medvedev/PROPN/2/nsubj slept/VERB/0/root"
    name, day = "PER Dmitry Medvedev; PER Medvedev", date(2023, 3, 21)
    kenyan = "Kenyan/ADJ/2/amod rebel/NOUN/3/nmod:desc Dmitry/PROPN/5/nsubj Medvedev/PROPN/3/flat spoke/VERB/0/root"
    found = shown(entities, parse(kenyan, again, names=name, published=day))
    assert found["Medvedev"] == [("dmitry-medvedev", "KEN", ("REB",))]
    state = "Kenya/PROPN/2/nsubj voted/VERB/0/root"
    minister = "The/DET/2/det minister/NOUN/3/nmod:desc Dmitry/PROPN/5/nsubj Medvedev/PROPN/3/flat left/VERB/0/root"
    found = shown(entities, parse(state, minister, names=name, published=day))
    assert found["Dmitry Medvedev"] == [("dmitry-medvedev", "RUS", ("ELI",))]


TITLED = "{} {}/NOUN/3/nmod:desc {}/PROPN/5/nsubj {}/PROPN/3/flat spoke/VERB/0/root"
KENYAN = "Kenyan/ADJ/2/amod"


@pytest.mark.parametrize(
    ("whose", "title", "name", "day", "expected"),
    [
        (KENYAN, "rebel", "Dmitry Medvedev", 2023, ("dmitry-medvedev", "KEN", ("REB",))),
        (KENYAN, "rebel", "Dmitry Medvedev", 2019, ("dmitry-medvedev", "RUS", ("GOV",))),  # in office
        (KENYAN, "leader", "Xi Jinping", 2023, XI),  # so is he
        (KENYAN, "spokesman", "Dmitry Medvedev", 2023, ("dmitry-medvedev", "RUS", ("ELI",))),  # says not of what
        ("Russian/ADJ/2/amod", "rebel", "Dmitry Medvedev", 2023, ("dmitry-medvedev", "RUS", ("ELI",))),  # of his state
        ("UN/PROPN/2/compound", "official", "Dmitry Medvedev", 2023, ("dmitry-medvedev", "RUS", ("ELI",))),  # of none
    ],
)
def test_a_title_of_another_state_is_that_of_somebody_who_holds_no_office(
    entities: Entities, whose: str, title: str, name: str, day: int, expected: Shown
) -> None:
    built = parse(TITLED.format(whose, title, *name.split()), names=f"PER {name}", published=date(day, 3, 21))
    found = shown(entities, built)
    assert found[name] == found[f"{whose.partition('/')[0]} {title} {name}"] == [expected]


@pytest.mark.parametrize(
    ("told", "names", "country"),
    [
        ("Putin/PROPN/2/nsubj told/VERB/0/root Zenda/PROPN/4/compound Radio/PROPN/2/obj", "ORG Zenda Radio", "RUS"),
        ("Putin/PROPN/2/nsubj told/VERB/0/root Senate/PROPN/2/obj", "ORG Senate", ""),
        ("Zenda/PROPN/2/compound Radio/PROPN/3/nsubj closed/VERB/0/root", "ORG Zenda Radio", ""),
    ],
)
def test_the_government_is_not_that_of_who_only_reports(
    entities: Entities, told: str, names: str, country: str
) -> None:
    after = "The/DET/2/det government/NOUN/3/nsubj fell/VERB/0/root"
    assert shown(entities, parse(told, after, names=names))["The government"] == [("", country, ("GOV",))]
