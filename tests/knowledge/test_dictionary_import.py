"""Dictionaries of actors and agents, in samples of our own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from turnstone.errors import KnowledgeError
from turnstone.knowledge.cameo_actors import decode, decode_agent
from turnstone.knowledge.dictionary_agents import agent_forms
from turnstone.knowledge.dictionary_import import import_dictionaries
from turnstone.knowledge.dictionary_lines import read_dictionary
from turnstone.knowledge.dictionary_outcome import Imported
from turnstone.knowledge.entities import Entities, load_entities
from turnstone.knowledge.entity_files import EntityFile
from turnstone.knowledge.gazetteer import load_gazetteer
from turnstone.knowledge.written_names import as_written, looks_like

ACTORS = """\
# a sample of our own
GEORGIA_ [GEO] ; known already
+ZENDALAND_
+ZENDANIAN_ # with a comment

<!-- a comment
over two lines -->
ROYAL_GUARD_OF_ZENDA_(RGZ)_ [GEOMIL]
+ZENDA_GUARDS_

RUDOLF_RASSENDYLL_
+KING_RUDOLF_THE_RED_
\t[GEOELI <940101]
\t[GEOGOV 940102-961231]
\t[GEOGOVMIL >20010101]
\t[GEOELI]
ZENDA_COUNCIL\t[GEOGOV 19900101-19951231] [GEOOPP >19960101]
JOSÉ_TARLENHEIM_ [IGOUNO 300101-301231] [---]
"""
AGENTS = """\
!PERSON! = MAN, MEN, WOMAN, WOMEN
DRAGOON [~MIL]
HARBOUR!PERSON! [~LAB]
RELIEF_BODY {RELIEF_BODIES} [NGO~]
GENDARMERIE_OF_THE_LINE {} [~COP]
SOLDIER [~MIL]
"""


@pytest.fixture(scope="module")
def packaged() -> Entities:
    return load_entities()


def imported(folder: Path, packaged: Entities, *texts: str, encoding: str = "utf-8") -> Imported:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"d{number}.txt")
        paths[-1].write_text(text, encoding=encoding)
    found = import_dictionaries(paths, packaged, load_gazetteer())
    assert found.entries == found.written + found.known + found.refused
    return found


def row(found: Imported, key: str, value: str) -> dict[str, object]:
    return next(row for row in found.rows if row.get(key) == value)


@pytest.mark.parametrize(("encoding", "named"), [("utf-8", "UTF-8"), ("latin-1", "Latin-1")])
def test_actors(tmp_path: Path, packaged: Entities, encoding: str, named: str) -> None:
    found = imported(tmp_path, packaged, ACTORS, encoding=encoding)
    assert found.files == [("d0.txt", named, 18, 5)]
    assert (found.entries, found.refused, found.unread) == (5, 0, [])
    assert row(found, "id", "GEO")["names"] == ["Zendaland", "Zendanian"]
    guard = row(found, "id", "royal-guard-of-zenda")
    assert (guard["name"], guard["names"]) == ("Royal Guard of Zenda", ["RGZ", "Zenda Guards"])
    assert (guard["country"], guard["sectors"], guard["source"]) == ("GEO", ["MIL"], "d0.txt:8")
    king = row(found, "person", "Rudolf Rassendyll")
    assert king["also"] == ["King Rudolf the Red"]
    assert king["otherwise"] == {"country": "GEO", "sectors": ["ELI"]}
    assert row(found, "person", "José Tarlenheim")["terms"] == [
        {"title": "IGOUNO", "country": "UNO", "sectors": [], "from": date(2030, 1, 1), "to": date(2031, 1, 1)}
    ]


def test_the_file_that_is_made_says_what_the_dictionary_said(tmp_path: Path, packaged: Entities) -> None:
    found = imported(tmp_path, packaged, ACTORS, AGENTS)
    entities = load_entities(EntityFile("made.yaml", found.yaml().encode()))

    def standing(name: str, *day: int) -> tuple[str, ...]:
        person = entities.person(name, date(*day))
        assert person is not None
        return person.on(date(*day)).sectors

    assert standing("Rudolf Rassendyll", 1994, 1, 1) == ("ELI",)
    assert standing("King Rudolf the Red", 1994, 1, 2) == ("GOV",)
    assert standing("Rassendyll", 1996, 12, 31) == ("GOV",)
    assert standing("Rassendyll", 1997, 1, 1) == ("ELI",)
    assert standing("Rassendyll", 2005, 1, 1) == ("GOV", "MIL")
    for day, sectors in ((date(1995, 12, 31), ("GOV",)), (date(1996, 1, 1), ("OPP",))):
        council = entities.organisation("Zenda Council", day)
        assert council is not None and council.sectors == sectors
    assert entities.organisation("Zenda Council", date(1989, 12, 31)) is None
    assert entities.nouns["harbourwomen"].singular == "harbourwoman"


def test_agents(tmp_path: Path, packaged: Entities) -> None:
    found = imported(tmp_path, packaged, AGENTS)
    nouns = [(row["noun"], row["plural"], row["sectors"], row["human"]) for row in found.rows]
    assert nouns == [
        ("dragoon", "dragoons", ["MIL"], True),
        ("harbourman", "harbourmen", ["LAB"], True),
        ("harbourwoman", "harbourwomen", ["LAB"], True),
        ("relief body", "relief bodies", ["SOC"], False),
        ("gendarmerie of the line", "gendarmerie of the line", ["COP"], True),
    ]
    assert [remark.text for remark in found.known_names] == ["soldier"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("+STRAY_NAME", "a synonym with no actor above it"),
        ("\t[GEOGOV]", "a code with no actor above it"),
        ("- ** RULE [010]", "a verb dictionary"),
        ("BLACK_MICHAEL", "no code"),
        ("BLACK_MICHAEL [---]", "only the null code"),
        ("BLACK_MICHAEL [QQQGOV]", "'QQQ'"),
        ("BLACK_MICHAEL [WEU]", "neither a country nor a role"),
        ("BLACK_MICHAEL [GEOGO]", "letters in threes"),
        ("BLACK_MICHAEL [GEOGOV 930230-940101]", "no calendar"),
        ("BLACK_MICHAEL [GEOGOV 2004017-20061201]", "'2004017' is no date"),
        ("BLACK_MICHAEL [GEOGOV 940101-930101]", "ends before it begins"),
        ("BLACK_MICHAEL [GEOGOV sometime]", "is not a code"),
        ("BLACK_MICHAEL [GEOGOV", "closing bracket"),
        ("BLACK_MICHAEL []", "an empty code"),
        ("1234_ [GEOGOV]", "letters"),
        ("WIZARD [~MGC]", "no role"),
        ("GOBLIN!KIND! [~MIL]", "!KIND! is not defined"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, packaged: Entities, line: str, reason: str) -> None:
    found = imported(tmp_path, packaged, f"{line}\n\nROYAL_GUARD_OF_ZENDA [GEOMIL]\n")
    assert any(remark.line == 1 and reason in remark.reason for remark in found.unread), found.unread
    assert found.written == 1


def test_one_code_that_cannot_be_read_leaves_the_others(tmp_path: Path, packaged: Entities) -> None:
    found = imported(tmp_path, packaged, "RUDOLF_RASSENDYLL_ [GEOGOV 2004017-20061201] [GEOELI >20070101]\n")
    assert len(found.unread) == 1 and found.written == 1
    assert row(found, "person", "Rudolf Rassendyll")["terms"] == [
        {"title": "GEOELI", "country": "GEO", "sectors": ["ELI"], "from": date(2007, 1, 1)}
    ]


def test_names_that_stand_twice_mean_the_first(tmp_path: Path, packaged: Entities) -> None:
    found = imported(tmp_path, packaged, "ZENDA_GUARDS [GEOMIL]\nZENDA_GUARDS_ [GEOMIL]\nZENDA_GUARDS [GEOREB]\n")
    assert (found.written, found.known) == (1, 2)
    assert "d0.txt:1" in found.known_names[0].reason and "with other codes" in found.notes[0].reason
    entities = load_entities(EntityFile("made.yaml", found.yaml().encode()))
    assert entities.organisation("Zenda Guards", date(2020, 1, 1)) is not None


def test_further_names_of_what_is_known(tmp_path: Path, packaged: Entities) -> None:
    text = "THE_WORLD_BANK_ [IGOUNODEVWBK]\n+ZENDA_BANKERS_\nKOFI_ANNAN_ [IGOUNO 970101-061231]\n+KOFI_OF_ZENDA_\n"
    found = imported(tmp_path, packaged, text)
    assert row(found, "add", True)["names"] == ["Zenda Bankers"]  # type: ignore[arg-type]
    annan = row(found, "person", "Kofi Annan")
    assert (annan["also"], annan["add"]) == (["Kofi of Zenda"], True)
    assert len([remark for remark in found.notes if "codes are left out" in remark.reason]) == 2


def test_who_is_known_keeps_the_terms_of_the_data(tmp_path: Path, packaged: Entities) -> None:
    found = imported(tmp_path, packaged, "ALEXEI_NAVALNY_ [RUSELI 900101-991231]\n+ALYOSHA_OF_ZENDA_\n")
    entities = load_entities(EntityFile("made.yaml", found.yaml().encode()))
    day = date(2021, 1, 17)
    person = entities.person("Alyosha of Zenda", day)
    assert person is not None and person.on(day).sectors == ("OPP",) and len(entities.named("Alexey Navalny")) == 1


def test_files_that_are_no_dictionaries(tmp_path: Path) -> None:
    (tmp_path / "verbs.txt").write_text("&MONEY\n- * WIN [010]\n")
    with pytest.raises(KnowledgeError, match="no actor or agent"):
        read_dictionary(tmp_path / "verbs.txt")
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_dictionary(tmp_path / "nowhere.txt")


@pytest.mark.parametrize(
    ("code", "country", "sectors", "left"),
    [
        ("ISRMIL", "ISR", ("MIL",), ()),
        ("ISRGOVMIL", "ISR", ("GOV", "MIL"), ()),
        ("AFGGOVDEV", "AFG", ("GOV",), ()),
        ("USAMED", "USA", ("JRN",), ()),
        ("USAHLH", "USA", ("MED",), ()),
        ("ROMGOV", "ROU", ("GOV",), ()),
        ("IGOUNO", "UNO", (), ()),
        ("IGOUNOREFHCR", "UNO", (), ("REF", "HCR")),
        ("IGOUNOJUDICJ", "UNO", ("JUD",), ("ICJ",)),
        ("IGOEUREEC", "EUR", (), ()),
        ("IGOWSTNAT", "IGO", (), ("NAT", "WST")),
        ("NGOHRI", "NGO", (), ()),
        ("MNCBUS", "MNC", ("BUS",), ()),
        ("IMGMOSALQ", "IMG", ("REB", "REL"), ("ALQ",)),
        ("BMUGOV", "GBR", ("GOV",), ()),
        ("KURELI", "", ("ELI",), ("KUR",)),
        ("MEAREB", "IMG", ("REB",), ("MEA",)),
        ("INTREB", "IMG", ("REB",), ()),
        ("ELI", "", ("ELI",), ()),
        ("PSEREBHMS", "PSE", ("REB",), ("HMS",)),
    ],
)
def test_codes(code: str, country: str, sectors: tuple[str, ...], left: tuple[str, ...]) -> None:
    found = decode(code, {"ISR", "AFG", "USA", "ROU", "PSE", "GBR"})
    assert (found.country, found.sectors, found.left, found.reason) == (country, sectors, left, "")


def test_agents_codes() -> None:
    assert decode_agent("GOVFRM").sectors == ("GOV",) and decode_agent("NGO").sectors == ("SOC",)
    assert decode_agent("XYZ").reason


@pytest.mark.parametrize(
    ("name", "person", "written"),
    [
        ("ROYAL GUARD OF ZENDA", False, ("Royal Guard of Zenda",)),
        ("HAMAS", False, ("Hamas", "HAMAS")),
        ("UNHCR", False, ("UNHCR",)),
        ("U.N.", False, ("U.N.",)),
        ("UN ENVOY", False, ("UN Envoy",)),
        ("2ND OF JUNE MOVEMENT", False, ("2nd of June Movement",)),
        ("OMAR AL-FAROUK", True, ("Omar al-Farouk",)),
        ("SEAN O'NEILL MCCOY", True, ("Sean O'Neill McCoy",)),
        ("CHILDREN'S FUND", False, ("Children's Fund",)),
        ("Zenda Guards", False, ("Zenda Guards",)),
    ],
)
def test_capitals(name: str, person: bool, written: tuple[str, ...]) -> None:
    assert as_written(name, person) == written


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        ("Zenda Guards", "ORG"), ("General Sapt", "PER"), ("Rudolf Rassendyll", "PER"), ("Front of Zenda", "ORG"),
        ("RGZ", "ORG"), ("Zenda", ""), ("Rudolf III", "PER"), ("U.S. FDA", "ORG"), ("", ""),
    ],
)  # fmt: skip
def test_looks(name: str, looks: str) -> None:
    assert looks_like(name) == looks


def test_what_real_dictionaries_hold(tmp_path: Path, packaged: Entities) -> None:
    """Ways of writing that whole public dictionaries have, on names of our own."""
    found = imported(
        tmp_path,
        packaged,
        "ZENDA_CUP [###] ; sport\n"
        "FRENCH-RURITANIAN [FRA/DEU]\n"
        "EMIR_OF_KUWAIT [KWTGOV]\n"
        "NATO_SPOKESMAN [IGOWSTNAT]\n"
        "WORLD_BANK_PRESIDENT [IGOUNODEVWBK]\n"
        "BEIT_SAHUR [PSE]\n"
        "FLAVIA_SAPT [CHE]\n"
        "GERMANIE [DEU]\n+GERMANESE\n"
        "ABDUL_SAPT [EGYGOV]\n"
        "TARLENHEIM [FRAGOV 19900101-19951231] [FRAELI]\n",
    )
    reasons = {remark.text.split()[0]: remark.reason for remark in (*found.unread, *found.notes)}
    assert reasons["ZENDA_CUP"].startswith("only the null code")
    assert any("several actors at once" in remark.reason for remark in found.unread)
    assert reasons["EMIR_OF_KUWAIT"].startswith("only words that describe")
    assert reasons["NATO_SPOKESMAN"].startswith("only words that describe")
    assert reasons["WORLD_BANK_PRESIDENT"].startswith("only words that describe")
    assert "which the gazetteer has" in reasons["Beit"]
    assert row(found, "id", "DEU") == {
        "id": "DEU", "add": True, "names": ["Germanie"], "adjectives": ["Germanese"], "source": ["d0.txt:8"]
    }  # fmt: skip
    assert row(found, "id", "flavia-sapt")["country"] == "CHE"
    assert row(found, "person", "Abdul Sapt")["otherwise"] == {"country": "EGY", "sectors": ["GOV"]}
    assert row(found, "person", "Tarlenheim")["otherwise"] == {"country": "FRA", "sectors": ["ELI"]}


@pytest.mark.parametrize(
    ("phrase", "plural", "nouns"),
    [
        ("PASTRY_MINIST", None, [("pastry minister", "pastry ministers"), ("pastry ministry", "pastry ministries")]),
        ("CHEESE_INDUSTR", None, [("cheese industry", "cheese industries")]),
        ("ENVOY_EXTRAORDINARY_TO", "", [("envoy extraordinary", "envoy extraordinary")]),
        ("A_DRAGOON", None, [("dragoon", "dragoons")]),
        ("HARBOUR_AGENTS", None, [("harbour agent", "harbour agents")]),
        ("HARBOUR_CUSTOMS", None, [("harbour customs", "harbour customs")]),
        ("GUILD_OF_BAKERS_AND_INDUSTRY", None, [("guild of bakers and industry", "guilds of bakers and industry")]),
        ("CELLARER_GENERAL", None, [("cellarer general", "cellarers general")]),
        ("GENDARMERY", "GENDARMERIE", [("gendarmery", "gendarmerie")]),
    ],
)
def test_nouns_as_dictionaries_write_them(phrase: str, plural: str | None, nouns: list[tuple[str, str]]) -> None:
    assert agent_forms(phrase, plural, {}) == nouns
