"""Who is who on a day, and what the files refuse."""

from datetime import date
from pathlib import Path

import pytest

from turnstone.errors import KnowledgeError
from turnstone.knowledge.digests import digest_of, files_of
from turnstone.knowledge.entities import Entities, load_entities, read_entities
from turnstone.knowledge.entity_files import PACKAGED
from turnstone.knowledge.entity_tables import role_of
from turnstone.knowledge.entity_twin import TWIN, read_twin, twin_of, write_twin
from turnstone.knowledge.parsed_rows import PARSED, parsed_of

STATES = """
- {id: RUS, code: RUS, name: Russia, names: [Russian Federation], adjectives: [Russian], people: [Russians],
   capital: Moscow, seats: [the Kremlin, {name: State Duma, sectors: [LEG]}], since: 1991-12-26}
- {id: SUN, code: RUS, name: Soviet Union, names: [USSR], adjectives: [Soviet], capital: Moscow, until: 1991-12-26}
- {id: USA, code: USA, name: United States, names: [US, U.S., America], adjectives: [American, US], capital: Washington}
- {id: CHN, code: CHN, name: China, adjectives: [Chinese], people: [Chinese], capital: [Beijing, Peking]}
- {id: NER, code: NER, name: Niger, adjectives: [Nigerien]}
- {id: YMD, code: YMD, name: South Yemen, capital: Aden, until: 1990-05-22}
- {id: ABK, code: GEO, name: Abkhazia, sectors: [PRE], capital: Sukhumi}
- {id: GEO, code: GEO, name: Georgia, capital: Tbilisi}
"""
ORGANISATIONS = """
- {id: nato, name: NATO, kind: alliance, country: IGO, sectors: [MIL], since: 1949-04-04}
- {id: league, name: League of Nations, country: IGO, since: 1920, until: 1946}
- {id: afp, name: Agence France-Presse, names: [AFP], sectors: [JRN], outlet: true}
"""
AGENTS = """
- {noun: soldier, plural: soldiers, sectors: [MIL], human: true}
- {noun: foreign ministry, plural: foreign ministries, sectors: [GOV], human: false}
"""
OFFICES = """
- office: rus-president
  title: President
  titles: [Kremlin leader]
  country: RUS
  sectors: [GOV]
  holders:
  - {name: Boris Yeltsin, also: [Yeltsin], from: 1991-07-10, to: 1999-12-31}
  - {name: Vladimir Putin, from: 1999-12-31, to: 2008-05-07, began: elected}
  - {name: Dmitry Medvedev, from: 2008-05-07, to: 2012-05-07}
  - {name: Vladimir Putin, also: [V. Putin], from: 2012-05-07}
- office: rus-prime-minister
  title: Prime Minister
  country: RUS
  sectors: [GOV]
  holders:
  - {name: Vladimir Putin, from: 1999-08-16, to: 2000-05-07}
  - {name: Vladimir Putin, from: 2008-05-08, to: 2012-05-07, approximate: true}
  - {name: Dmitry Medvedev, from: 2012-05-08, to: 2020-01-16}
- office: usa-president
  title: President of the United States
  country: USA
  sectors: [GOV]
  holders:
  - {name: Bill Clinton, from: 1993-01-20, to: 2001-01-20}
- office: usa-secretary-of-state
  title: Secretary of State
  country: USA
  sectors: [GOV]
  holders:
  - {name: Hillary Clinton, from: 2009-01-21, to: 2013-02-01}
- office: chn-president
  title: President
  country: CHN
  sectors: [GOV]
  holders: [{name: Xi Jinping, from: 2013-03-14}]
"""


def write(folder: Path, offices: str = OFFICES, states: str = STATES, organisations: str = ORGANISATIONS) -> Path:
    (folder / "offices").mkdir(parents=True, exist_ok=True)
    (folder / "states.yaml").write_text(states)
    (folder / "organisations.yaml").write_text(organisations)
    (folder / "agents.yaml").write_text(AGENTS)
    (folder / "offices" / "all.yaml").write_text(offices)
    return folder


@pytest.fixture
def entities(tmp_path: Path) -> Entities:
    return read_entities(write(tmp_path))


def found(entities: Entities, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in entities.find(text)]


@pytest.mark.parametrize(
    ("name", "day", "sectors", "office"),
    [
        ("Vladimir Putin", date(2008, 5, 6), ("GOV",), "rus-president"),
        ("Vladimir Putin", date(2008, 5, 7), ("ELI",), ""),
        ("Vladimir Putin", date(2008, 5, 8), ("GOV",), "rus-prime-minister"),
        ("Vladimir Putin", date(2012, 5, 7), ("GOV",), "rus-president"),
        ("Vladimir Putin", date(2000, 3, 1), ("GOV",), "rus-president"),  # two offices: the higher
        ("Boris Yeltsin", date(1999, 12, 30), ("GOV",), "rus-president"),
        ("Boris Yeltsin", date(1999, 12, 31), ("ELI",), ""),
        ("Boris Yeltsin", date(1980, 1, 1), (), ""),
        ("Xi Jinping", date(2026, 1, 1), ("GOV",), "chn-president"),
    ],
)
def test_what_somebody_is_on_a_day(
    entities: Entities, name: str, day: date, sectors: tuple[str, ...], office: str
) -> None:
    person = entities.person(name, day)
    assert person is not None
    standing = person.on(day)
    assert (standing.sectors, standing.office) == (sectors, office)
    assert standing.country == ("CHN" if name == "Xi Jinping" else "RUS")


def test_the_basis_says_why(entities: Entities) -> None:
    yeltsin = entities.person("Yeltsin", date(2005, 1, 1))
    assert yeltsin is not None
    assert yeltsin.on(date(2005, 1, 1)).basis == "held President until 1999-12-31"
    assert yeltsin.on(date(1980, 1, 1)).basis == "not yet President, which begins 1991-07-10"
    putin = entities.person("V. Putin", date(2009, 1, 1))
    assert putin is not None and "since about 2008-05-08" in putin.on(date(2009, 1, 1)).basis


@pytest.mark.parametrize(
    ("day", "introduced", "expected"),
    [
        (date(1995, 1, 1), (), "bill-clinton"),
        (date(2010, 1, 1), (), "hillary-clinton"),
        (date(2020, 1, 1), (), None),
        (date(2020, 1, 1), ("bill-clinton",), "bill-clinton"),
        (date(2010, 1, 1), ("bill-clinton",), "bill-clinton"),  # rather than who holds an office
        (date(2020, 1, 1), ("bill-clinton", "hillary-clinton"), None),
    ],
)
def test_a_shared_surname(entities: Entities, day: date, introduced: tuple[str, ...], expected: str | None) -> None:
    person = entities.person("Clinton", day, introduced)
    assert (person.id if person else None) == expected


def test_the_family_name_stands_first_in_china(entities: Entities) -> None:
    assert [person.id for person in entities.named("Xi")] == ["xi-jinping"]
    assert entities.named("Jinping") == ()


def test_states_by_any_name_on_a_day(entities: Entities) -> None:
    now = date(2023, 3, 21)

    def state(name: str, day: date) -> str:
        pair = entities.state(name, day)
        return pair[0].id if pair else ""

    assert [state(name, now) for name in ("US", "American", "Peking", "the Kremlin", "Russians")] == [
        "USA", "USA", "CHN", "RUS", "RUS",
    ]  # fmt: skip
    assert state("Moscow", now) == "RUS"
    assert state("Moscow", date(1991, 12, 25)) == "SUN"
    assert state("Moscow", date(1991, 12, 26)) == "RUS"
    assert state("USSR", now) == "SUN"
    assert state("Atlantis", now) == ""
    assert state("Aden", date(1986, 1, 13)) == state("South Yemen", now) == "YMD"
    assert state("Aden", now) == ""  # no government speaks from there any more
    duma = entities.state("State Duma", now)
    assert duma is not None and duma[1].sectors == ("LEG",)
    sukhumi = entities.state("Sukhumi", now)
    assert sukhumi is not None and sukhumi[1].sectors == ("GOV", "PRE")
    tbilisi = entities.state_of("GEO", now)
    assert tbilisi is not None and tbilisi.id == "GEO"


def test_an_organisation_exists_between_its_days(entities: Entities) -> None:
    def known(name: str, day: date) -> bool:
        return entities.organisation(name, day) is not None

    assert not known("NATO", date(1949, 4, 3)) and known("NATO", date(1949, 4, 4))
    assert known("League of Nations", date(1946, 12, 31)) and not known("League of Nations", date(1947, 1, 1))
    afp = entities.organisation("AFP", date(2020, 1, 1))
    assert afp is not None and afp.outlet and afp.country == ""


def test_names_are_whole_words_in_their_case_and_the_longest_wins(entities: Entities) -> None:
    assert found(entities, "US troops told us of Nigeria, Niger and the Russian Federation.") == [
        "US", "Niger", "Russian Federation",
    ]  # fmt: skip
    assert found(entities, "they let us go to china") == []
    assert found(entities, "U.S.-led talks; pre-Soviet; Putin's men") == ["U.S.", "Soviet", "Putin"]


def test_a_headline_in_capitals(entities: Entities) -> None:
    assert found(entities, "CHINA WARNS RUSSIA OVER TALKS\nIn CHINA they met.") == ["CHINA", "RUSSIA"]


def test_titles_and_agent_nouns(entities: Entities) -> None:
    text = "SOLDIERS saw the Foreign Ministry, the president and the kremlin leader."
    nouns = [(text[start:end], noun.singular, noun.plural) for start, end, noun in entities.find_nouns(text)]
    assert nouns == [
        ("SOLDIERS", "soldier", True),
        ("Foreign Ministry", "foreign ministry", False),
        ("president", "president", False),
        ("kremlin leader", "kremlin leader", False),
    ]
    office = entities.office("USA", "president")
    assert office is not None and office.id == "usa-president"


def test_counterparts(entities: Entities) -> None:
    pair = entities.counterpart("chn-president", "RUS", date(2023, 1, 1))
    assert pair is not None and pair[1].id == "vladimir-putin"
    assert entities.counterpart("usa-secretary-of-state", "RUS", date(2010, 1, 1)) is None


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Secretary of State", "foreign"),
        ("Prime Minister", "government"),
        ("Minister of Defence", "defence"),
        ("Vice President", "other"),
        ("Chancellor of the Exchequer", "other"),
        ("Secretary-General", "other"),
    ],
)
def test_roles(title: str, role: str) -> None:
    assert role_of(title) == role


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("to: 1999-12-31}", "to: 2000-01-01}", ["rus-president", "Boris Yeltsin", "Vladimir Putin", "overlap"]),
        ("to: 2008-05-07, began", "began", ["rus-president", "Vladimir Putin", "Dmitry Medvedev", "overlap"]),
        ("from: 1991-07-10", "from: 1999-12-31", ["Boris Yeltsin", "1999-12-31"]),
        ("from: 2013-03-14", "from: March 2013", ["chn-president", "from"]),
        ("from: 2013-03-14", "from: 2013-02-30", ["all.yaml"]),
        ("began: elected", "begun: elected", ["rus-president", "begun"]),
        ("country: CHN", "country: XXX", ["chn-president", "XXX"]),
        ("- office: chn-president", "- office: rus-president", ["rus-president", "twice"]),
        ("  title: Secretary of State\n", "", ["usa-secretary-of-state", "title"]),
    ],
)
def test_offices_refused(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    assert old in OFFICES
    with pytest.raises(KnowledgeError) as refused:
        read_entities(write(tmp_path, OFFICES.replace(old, new, 1)))
    for word in ("all.yaml", *words):
        assert word in str(refused.value)


def test_other_files_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"organisations.yaml.*nato.*'XYZ'"):
        read_entities(write(tmp_path / "a", organisations=ORGANISATIONS.replace("IGO", "XYZ")))
    with pytest.raises(KnowledgeError, match=r"states.yaml.*RUS.*code"):
        read_entities(write(tmp_path / "b", states=STATES.replace("code: RUS", "code: rus")))
    folder = write(tmp_path / "c")
    (folder / "persons.yaml").write_text("[]")
    with pytest.raises(KnowledgeError, match=r"persons.yaml"):
        read_entities(folder)
    with pytest.raises(KnowledgeError, match="no such folder"):
        read_entities(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(KnowledgeError, match="no states"):
        read_entities(tmp_path / "empty")


def test_a_later_folder_replaces_rows_and_changes_the_digest(tmp_path: Path) -> None:
    first, more = write(tmp_path / "first"), tmp_path / "more"
    more.mkdir()
    (more / "organisations.yaml").write_text("- {id: nato, name: Nato Alliance, country: IGO}")
    plain, both = read_entities(first), read_entities(first, more)
    assert both.organisation("Nato Alliance", date(1900, 1, 1)) is not None
    assert both.organisation("NATO", date(2000, 1, 1)) is None
    assert plain.digest != both.digest and plain.digest == read_entities(first).digest


PEOPLE = """
- person: Ann Bell
  also: [Annie Bell]
  terms:
  - {title: opposition leader, country: RUS, sectors: [OPP], from: 2001, to: 2002, approximate: true}
  - {title: rebel leader, country: RUS, sectors: [REB], from: 2005-03-01}
- person: Vladimir Putin
  terms: [{title: spy, country: RUS, sectors: [SPY], from: 1975, to: 1991-08-20}]
- person: Nick Snow
  also: [Snow]
  otherwise: {country: USA}
"""


def test_people_may_stand_in_files_of_their_own(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "people").mkdir()
    (folder / "people" / "some.yaml").write_text(PEOPLE)
    (snow,) = read_entities(folder).named("Snow")
    assert snow.name == "Nick Snow"
    (folder / "people.yaml").write_text(PEOPLE)
    with pytest.raises(KnowledgeError, match="stands twice"):
        read_entities(folder)


def test_of_two_of_one_surname_who_holds_an_office_is_meant(tmp_path: Path) -> None:
    rows = PEOPLE + "- {person: Ada Putin, terms: [{title: judge, country: USA, sectors: [JUD], from: 2000}]}\n"
    (write(tmp_path) / "people.yaml").write_text(rows)
    found = read_entities(tmp_path).person("Putin", date(2016, 1, 1))
    assert found is not None and found.name == "Vladimir Putin"


def test_the_twin_makes_the_same_entities(tmp_path: Path) -> None:
    (write(tmp_path) / "people.yaml").write_text(PEOPLE)
    plain = read_entities(tmp_path)
    write_twin(tmp_path)
    assert read_twin(tmp_path, digest_of(files_of(tmp_path))) is not None
    again = read_entities(tmp_path)
    assert again.digest == plain.digest
    assert (again.states, again.organisations, again.offices) == (plain.states, plain.organisations, plain.offices)
    assert (again.people, again.agents, again.names) == (plain.people, plain.agents, plain.names)
    assert [again.senses(name) for name in again.names] == [plain.senses(name) for name in plain.names]
    assert list(again.nouns.items()) == list(plain.nouns.items())


def test_a_twin_of_other_files_is_passed_over(tmp_path: Path) -> None:
    write_twin(write(tmp_path))
    write(tmp_path, organisations="- {id: other, name: Other Body}")
    assert read_entities(tmp_path).organisation("Other Body", date(2000, 1, 1)) is not None
    (tmp_path / TWIN).write_text("{broken")
    assert read_entities(tmp_path).organisation("Other Body", date(2000, 1, 1)) is not None


def test_the_packaged_twin_is_that_of_the_packaged_files() -> None:
    written = (PACKAGED / TWIN).read_text(encoding="utf-8")
    assert written == twin_of(PACKAGED), "run python -m turnstone.knowledge.entity_twin"
    assert (PACKAGED / PARSED).read_text(encoding="utf-8") == parsed_of(PACKAGED), "and this, by the same command"


def test_the_packaged_entities_are_those_of_the_packaged_files(tmp_path: Path) -> None:
    for name, content in files_of(PACKAGED).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    plain, packaged = read_entities(tmp_path), load_entities()
    assert packaged.digest == plain.digest
    assert (packaged.states, packaged.organisations) == (plain.states, plain.organisations)
    assert (packaged.offices, packaged.people, packaged.agents) == (plain.offices, plain.people, plain.agents)
    assert all(packaged.senses(name) == plain.senses(name) for name in plain.names)
    assert packaged.names == plain.names and list(packaged.nouns.items()) == list(plain.nouns.items())


def test_the_packaged_data_is_valid() -> None:
    entities = load_entities()
    putin = entities.person("Vladimir Putin", date(2023, 3, 21))
    assert putin is not None and putin.on(date(2023, 3, 21)).sectors == ("GOV",)
    state = entities.state("Kyiv", date(2023, 3, 21))
    assert state is not None and state[0].code == "UKR"


def test_people_without_an_office(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "people.yaml").write_text(PEOPLE)
    entities = read_entities(folder)
    person = entities.person("Annie Bell", date(2001, 6, 1))
    assert person is not None and entities.named("Bell") == (person,)
    on = person.on(date(2002, 12, 31))
    assert (on.country, on.sectors, on.office) == ("RUS", ("OPP",), "")
    assert on.basis == "opposition leader (RUS) since about 2001-01-01"
    assert person.on(date(2003, 1, 1)).basis == "was opposition leader until 2003-01-01"
    assert person.on(date(2003, 1, 1)).sectors == ()
    assert person.on(date(1999, 1, 1)).basis == "not yet opposition leader, which begins 2001-01-01"
    assert person.on(date(2020, 1, 1)).sectors == ("REB",)
    putin = entities.person("Vladimir Putin", date(2003, 1, 1))
    assert putin is not None and putin.on(date(2003, 1, 1)).office == "rus-president"
    assert putin.on(date(1980, 1, 1)).sectors == ("SPY",)
    assert all(office.id for office in entities.offices)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("country: RUS, sectors: [OPP]", "country: XXX, sectors: [OPP]", ["Ann Bell", "XXX"]),
        ("from: 2001, to: 2002", "from: 2003, to: 2002", ["Ann Bell", "2003-01-01", "not after"]),
        ("- person: Vladimir Putin", "- person: Ann Bell", ["ann-bell", "twice"]),
        ("title: spy, ", "titel: spy, ", ["Vladimir Putin", "titel"]),
    ],
)
def test_people_refused(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    assert old in PEOPLE
    folder = write(tmp_path)
    (folder / "people.yaml").write_text(PEOPLE.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as refused:
        read_entities(folder)
    for word in ("people.yaml", *words):
        assert word in str(refused.value)


def test_a_number_is_no_surname(tmp_path: Path) -> None:
    entities = read_entities(write(tmp_path, OFFICES.replace("Bill Clinton", "George VI")))
    assert entities.named("VI") == () and len(entities.named("George VI")) == 1


def test_somebody_without_an_office_is_known_from_the_first_term_on() -> None:
    (navalny,) = load_entities().named("Alexei Navalny", "person")
    assert navalny.terms == ()
    assert navalny.is_known_by(date(2012, 1, 1)) and not navalny.is_known_by(date(2005, 1, 1))


SPELT = """
- {person: Sergei Zendoigu, terms: [{title: spy, country: RUS, sectors: [SPY], from: 2000, to: 2005},
   {title: spy, country: USA, sectors: [SPY], from: 2005}]}
- {person: Ádám Strelsau-Sapt, also: [Adam Rischenheim], otherwise: {country: GEO}}
- {person: Ivó Sapt, otherwise: {country: GEO}}
- {person: Ivo Bersonin, also: [Ivò Sapt], otherwise: {country: GEO}}
- {person: Rudolf Elphberg, otherwise: {country: CHN}}
- {person: Rudolf Elfberg, otherwise: {country: CHN}}
- {person: Rudolph Ellfberg, otherwise: {country: USA}}
- {person: Ann Ly, otherwise: {country: USA}}
"""


@pytest.mark.parametrize(
    ("name", "spoken_of", "day", "expected"),
    [
        # in accents, capitals and hyphens
        ("Adam Strelsau Sapt", "", 2010, "Ádám Strelsau-Sapt"),
        ("Adam STRELSAU-Sapt", "", 2010, "Ádám Strelsau-Sapt"),
        ("Ádám Rischenheim", "", 2010, "Ádám Strelsau-Sapt"),  # by another name
        ("Ivo Sapt", "GEO", 2010, None),  # of two
        ("ADAM STRELSAU SAPT", "GEO", 2010, None),  # a headline's
        ("Adam-Strelsau-Sapt", "GEO", 2010, None),  # a word
        # in how it is written
        ("Sergey Zendoygu", "", 2010, None),
        ("Sergey Zendoygu", "USA", 2010, "Sergei Zendoigu"),
        ("Sergey Zendoygu", "USA", 2003, None),  # was of another state then
        ("Sergey Zendoygu", "RUS", 2003, "Sergei Zendoigu"),
        ("Rudolf Elfbergh", "CHN", 2010, None),
        ("Rudolf Elfbergh", "USA", 2010, "Rudolph Ellfberg"),
        ("Rudolf Elfbergh", "USA CHN", 2010, None),
        ("Ann Li", "USA", 2010, None),  # too short
        ("Anna Zendoigu", "USA RUS CHN GEO", 2010, None),
    ],
)
def test_who_is_meant_by_a_name_that_is_spelt_otherwise(
    tmp_path: Path, name: str, spoken_of: str, day: int, expected: str | None
) -> None:
    (write(tmp_path) / "people.yaml").write_text(SPELT)
    found = read_entities(tmp_path).spelt_otherwise(name, spoken_of.split(), date(day, 1, 1))
    assert (found.name if found else None) == expected
