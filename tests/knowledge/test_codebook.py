"""The packaged codebook says what PLOVER says, and a faulty one is refused with the item's name."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from turnstone.errors import KnowledgeError
from turnstone.knowledge.codebook import PAIR_CLASSES, PLOVER, Codebook, load_codebook, pair_class, twin_of
from turnstone.knowledge.codebook_file import twin_text

QUADS = {
    1: {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    2: {"COOPERATE", "AID", "RETREAT"},
    3: {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    4: {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}
MODES = {
    "CONSULT": 4,
    "RETREAT": 6,
    "REQUEST": 4,
    "ACCUSE": 3,
    "REJECT": 4,
    "THREATEN": 6,
    "PROTEST": 7,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 10,
    "ASSAULT": 15,
}


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def test_quads_of_all_types(codebook: Codebook) -> None:
    found: dict[int, set[str]] = {}
    for name, event_type in codebook.types.items():
        found.setdefault(event_type.quad, set()).add(name)
    assert found == QUADS


def test_counts(codebook: Codebook) -> None:
    assert len(codebook.types) == 16
    assert {name: len(row.modes) for name, row in codebook.types.items() if row.modes} == MODES
    assert sum(MODES.values()) == 67
    assert len(codebook.contexts) == 37
    assert len(codebook.sectors) == 25
    assert set(codebook.statuses) == {"happened", "historical", "future", "hypothetical", "negated"}


@pytest.mark.parametrize(
    ("event_type", "modes", "score"),
    [
        ("AGREE", (), 2.5),
        ("CONSULT", ("visit",), 4),
        ("REQUEST", ("meet",), 0),
        ("REQUEST", ("meet", "change"), -1),
        ("ACCUSE", (), -3),
        ("PROTEST", ("vandalize",), -5),
        ("RETREAT", ("disarm",), 10),
        ("ASSAULT", ("beat", "drone"), -9.5),
        ("AID", (), 10),
    ],
)
def test_score(codebook: Codebook, event_type: str, modes: tuple[str, ...], score: float) -> None:
    assert codebook.score(event_type, modes) == score


def test_score_and_quad_have_one_sign(codebook: Codebook) -> None:
    for row in codebook.types.values():
        assert row.score > 0 if row.quad < 3 else row.score <= 0, row.name


@pytest.mark.parametrize(
    ("event_type", "future"),
    [
        ("CONSULT", "AGREE"),
        ("SUPPORT", "AGREE"),
        ("COOPERATE", "AGREE"),
        ("AID", "AGREE"),
        ("AGREE", "AGREE"),
        ("RETREAT", "CONCEDE"),
        ("CONCEDE", "CONCEDE"),
        ("ASSAULT", "ASSAULT"),
    ],
)
def test_future_type(codebook: Codebook, event_type: str, future: str) -> None:
    assert codebook.types[event_type].future_type == future


@pytest.mark.parametrize(
    ("event_type", "modes", "circumstance", "outcome"),
    [
        ("CONSULT", ("visit",), "future", ("AGREE", ())),
        ("CONSULT", (), "cancelled", ("REJECT", ("meet",))),
        ("CONSULT", (), "broken_off", ("SANCTION", ("discontinue",))),
        ("CONSULT", (), "to_complain", ("ACCUSE", ("disapprove",))),
        ("AID", (), "refused", ("REJECT", ("assist",))),
        ("REQUEST", ("yield",), "refused", ("REJECT", ("yield",))),
        ("REQUEST", (), "refused", ("REJECT", ())),
        ("REQUEST", ("meet",), "own_conflict", ("AGREE", ())),
        ("COERCE", ("arrest",), "in_absentia", ("THREATEN", ("arrest",))),
        ("COERCE", ("arrest",), "in_combat", ("ASSAULT", ("abduct",))),
        ("COERCE", ("deport",), "diplomat", ("SANCTION", ("expel",))),
        ("MOBILIZE", ("troops",), "joint", ("COOPERATE", ())),
        ("ASSAULT", ("drone",), "future", ("ASSAULT", ("drone",))),
    ],
)
def test_becomes(
    codebook: Codebook, event_type: str, modes: tuple[str, ...], circumstance: str, outcome: tuple[str, tuple[str, ...]]
) -> None:
    assert codebook.becomes(event_type, modes, circumstance) == outcome


def test_a_prison_sentence_is_an_arrest_too(codebook: Codebook) -> None:
    assert codebook.adds("SANCTION", ("convict",), "prison") == (("COERCE", ("arrest",)),)
    assert codebook.adds("SANCTION", ("expel",), "prison") == ()


def test_recipients(codebook: Codebook) -> None:
    assert {name for name, row in codebook.types.items() if row.needs_recipient} == {"COOPERATE", "AID", "SANCTION"}
    assert codebook.reciprocal("CONSULT", ())
    assert codebook.reciprocal("CONSULT", ("phone",))
    assert not codebook.reciprocal("CONSULT", ("visit",))
    assert not codebook.reciprocal("ACCUSE", ())
    assert not codebook.reciprocal("ASSAULT", ("firearms",))
    assert codebook.reciprocal("ASSAULT", ("firearms",), "two_sided")


# --- CAMEO


@pytest.mark.parametrize(
    ("root", "event_type"),
    [
        ("02", "REQUEST"),
        ("03", "AGREE"),
        ("04", "CONSULT"),
        ("05", "SUPPORT"),
        ("06", "COOPERATE"),
        ("07", "AID"),
        ("08", "CONCEDE"),
        ("09", "ACCUSE"),
        ("10", "REQUEST"),
        ("11", "ACCUSE"),
        ("12", "REJECT"),
        ("13", "THREATEN"),
        ("14", "PROTEST"),
        ("15", "MOBILIZE"),
        ("16", "SANCTION"),
        ("17", "COERCE"),
        ("18", "ASSAULT"),
        ("19", "ASSAULT"),
        ("20", "ASSAULT"),
    ],
)
def test_roots(codebook: Codebook, root: str, event_type: str) -> None:
    for code in (root, f"{root}0"):
        found = codebook.plover(code)
        assert found is not None
        assert found[0] == event_type


def test_a_statement_has_no_type(codebook: Codebook) -> None:
    assert codebook.plover("01") is codebook.plover("010") is codebook.plover("019") is None


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("010", None),
        ("10", ("REQUEST", "")),
        ("042", ("CONSULT", "visit")),
        ("0831", ("CONCEDE", "")),
        ("084", ("RETREAT", "release")),
        ("0841", ("RETREAT", "release")),
        ("0871", ("RETREAT", "ceasefire")),
        ("090", ("ACCUSE", "investigate")),
        ("163", ("SANCTION", "discontinue")),
        ("175", ("ASSAULT", "")),
        ("191", ("COERCE", "restrict")),
        ("192", ("COERCE", "seize")),
        ("1951", ("ASSAULT", "aerial")),
        ("1952", ("ASSAULT", "drone")),
    ],
)
def test_plover_of_cameo(codebook: Codebook, code: str, outcome: tuple[str, str] | None) -> None:
    assert codebook.plover(code) == outcome


def test_every_type_survives_the_way_to_cameo_and_back(codebook: Codebook) -> None:
    for name in codebook.types:
        code = codebook.cameo(name, ())
        found = codebook.plover(code)
        assert found is not None, name
        assert found[0] == name, code


def test_modes_keep_their_type_save_where_cameo_files_them_elsewhere(codebook: Codebook) -> None:
    strays = {
        (name, mode)
        for name, row in codebook.types.items()
        for mode in row.modes
        if (codebook.plover(codebook.cameo(name, (mode,))) or ("", ""))[0] != name
    }
    assert strays == {("RETREAT", "resign"), ("ASSAULT", "destroy")}


def test_cameo_codes_are_strings_of_three_or_four_digits(codebook: Codebook) -> None:
    for name, row in codebook.types.items():
        for modes in [(), *((mode,) for mode in row.modes)]:
            code = codebook.cameo(name, modes)
            assert code.isdigit() and len(code) in (3, 4), (name, modes)
    assert codebook.cameo("CONSULT", ("visit",)) == "042"
    assert codebook.cameo("AGREE", ()) == "030"


@pytest.mark.parametrize("code", ["", "1", "00", "21", "210", "0x2", "04200", "42 "])
def test_what_is_no_cameo_code_is_refused(codebook: Codebook, code: str) -> None:
    with pytest.raises(KnowledgeError, match="no CAMEO code"):
        codebook.plover(code)


# --- the event head's classes


def test_pair_class(codebook: Codebook) -> None:
    assert {pair_class(name) for name in codebook.types} == set(PAIR_CLASSES)
    assert len(PAIR_CLASSES) == 15
    assert pair_class("CONCEDE") == pair_class("RETREAT") == "YIELD"
    assert pair_class("AID") == "AID"


@pytest.mark.parametrize("name", ["YIELD", "NONE", "INVESTIGATE", "aid"])
def test_pair_class_of_no_type(name: str) -> None:
    with pytest.raises(KnowledgeError, match=name):
        pair_class(name)


# --- faults


def test_unknown_names_are_refused(codebook: Codebook) -> None:
    with pytest.raises(KnowledgeError, match="'SHOUT' is no event type"):
        codebook.score("SHOUT", ())
    with pytest.raises(KnowledgeError, match="'drone' is no mode of AGREE"):
        codebook.cameo("AGREE", ("drone",))
    with pytest.raises(KnowledgeError, match="'tomorrow' is no circumstance"):
        codebook.becomes("AID", (), "tomorrow")


def test_digest_is_the_files(codebook: Codebook, tmp_path: Path) -> None:
    assert codebook.digest == hashlib.sha256(PLOVER.read_bytes()).hexdigest()
    copy = tmp_path / "other.yaml"
    copy.write_bytes(PLOVER.read_bytes() + b"# my own\n")
    assert load_codebook(copy).digest != codebook.digest
    assert load_codebook(copy).types == codebook.types


@pytest.mark.parametrize(
    ("before", "after", "item"),
    [
        ("visit: {score: 4,", "visit: {score: 40,", "types.CONSULT.modes.visit.score"),
        ("    score: 2.5\n    description: agrees", "    score: -11\n    description: agrees", "types.AGREE.score"),
        ("quad: 2\n    score: 10", "quad: 5\n    score: 10", "types.AID.quad"),
        ('cameo: "042"', "cameo: 34", "types.CONSULT.modes.visit.cameo"),
        ('cameo: "042"', 'cameo: "942"', "types.CONSULT.modes.visit.cameo"),
        ('"042": CONSULT visit', '"042": CONSULT fly', "cameo.codes.042: 'fly' is no mode of CONSULT"),
        ('"042": CONSULT visit', '"042": PARLEY', "cameo.codes.042: 'PARLEY' is no type"),
        ('"042": CONSULT visit', '"942": CONSULT visit', "cameo.codes.942"),
        ('"042": CONSULT visit', '"042": CONSULT visit now', "cameo.codes.042"),
        (
            "refused: REJECT same",
            "refused: REJECT visit",
            "types.REQUEST.becomes.refused: 'visit' is no mode of REJECT",
        ),
        ("{refused: REJECT same}", "{ignored: REJECT}", "types.REQUEST.becomes.ignored: no such circumstance"),
        ("reciprocal_when: two_sided", "reciprocal_when: mutual", "types.ASSAULT.reciprocal_when"),
        ("massacre: {mode: targeted}", "massacre: {mode: slaughter}", "old_modes.massacre"),
        ("ease: {type: CONCEDE}", "ease: {type: EASE}", "old_modes.ease: 'EASE' is no type"),
        ("democracy: pro_democracy", "democracy: freedom", "old_contexts.democracy"),
        ("    reciprocal: true\n", "    mutual: true\n", "types.CONSULT.mutual"),
        ("  health: disease", "  gender: disease", "'gender' is given twice"),
        ("version: plover", "wersion: plover", "version"),
        ('    "20": {name', '    "21": {name', "cameo.roots.20"),
        ("quads:\n", "quads: [\n", "not valid YAML"),
    ],
)
def test_a_fault_is_refused_by_name(tmp_path: Path, before: str, after: str, item: str) -> None:
    text = PLOVER.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "faulty.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        load_codebook(path)
    assert str(path) in str(error.value)
    assert item in str(error.value)


def test_the_packaged_twin_is_that_of_the_packaged_file(tmp_path: Path, codebook: Codebook) -> None:
    written = twin_of(PLOVER).read_text(encoding="utf-8")
    assert written == twin_text(PLOVER), "run python -m turnstone.knowledge.codebook_file"
    alone = tmp_path / PLOVER.name
    alone.write_bytes(PLOVER.read_bytes())
    assert load_codebook(alone) == codebook


@pytest.mark.parametrize("twin", [b"", b"[]", b"{}", b'{"digest": "of another file", "codebook": {}}'])
def test_a_twin_of_another_file_is_passed_over(tmp_path: Path, codebook: Codebook, twin: bytes) -> None:
    copy = tmp_path / "mine.yaml"
    copy.write_bytes(PLOVER.read_bytes())
    twin_of(copy).write_bytes(twin)
    assert load_codebook(copy) == codebook


@pytest.mark.parametrize("content", [b"", b"- a list", b"\xff\xfe\x00 not text"])
def test_what_is_no_codebook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match=r"codebook\.yaml"):
        load_codebook(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.yaml"):
        load_codebook(tmp_path / "nowhere.yaml")
