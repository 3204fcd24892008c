"""What a report tells of where it takes place."""

from __future__ import annotations

import pytest

from tests.builders import parse
from turnstone.records import WHOLE_ARTICLE, Analysis, Kind, Mention, Place
from turnstone.resolution.setting import Setting
from turnstone.resolution.trees import Tree


def setting(*countries: tuple[str, int]) -> Setting:
    mentions = [Mention(k, k + 1, "GPE", "", code, code, ()) for code, number in countries for k in range(number)]
    return Setting(Tree("", Analysis((), (), (), (), ())), mentions, ())


@pytest.mark.parametrize(
    ("countries", "home"),
    [
        ([("KEN", 2)], "KEN"),  # the only one, of a short report too
        ([("KEN", 2), ("UNO", 1)], ""),
        ([("KEN", 11), ("GHA", 1)], ""),
        ([("KEN", 18), ("GHA", 2)], "KEN"),
        ([("KEN", 18), ("UNO", 2)], "KEN"),
        ([("KEN", 18), ("GHA", 2), ("UNO", 1)], ""),
        ([("KEN", 12), ("GHA", 2)], ""),
        ([], ""),
    ],
)
def test_a_long_report_may_name_others_now_and_then(countries: list[tuple[str, int]], home: str) -> None:
    state, basis = setting(*countries).home
    assert state == home
    assert (home in basis) if home else not basis


RAINS = "it/PRON/2/nsubj rained/VERB/0/root"


@pytest.mark.parametrize(
    ("kenyan", "ghanaian", "sentences", "scene"),
    [
        (12, 5, WHOLE_ARTICLE // 2, set()),  # mostly about another state
        (6, 5, WHOLE_ARTICLE // 2, {"GHA"}),  # of too few
        (8, 9, WHOLE_ARTICLE // 2, {"GHA"}),
        (12, 5, 1, {"GHA"}),  # a short report
    ],
)
def test_a_scene_abroad_counts_not_in_an_article_about_a_state(
    kenyan: int, ghanaian: int, sentences: int, scene: set[str]
) -> None:
    said = "In/ADP/2/case Accra/PROPN/4/obl rebels/NOUN/4/nsubj marched/VERB/0/root"
    article, analysis = parse(said, *[RAINS] * sentences)
    accra = Place(3, 8, "Accra", "GHA", None, 5.6, -0.2, "city")
    told = [Mention(k, k + 1, "GPE", "", code, code, ()) for code, number in (("KEN", kenyan), ("GHA", ghanaian))
            for k in range(number)]  # fmt: skip
    assert Setting(Tree(article.text, analysis), told, [accra]).scenes_of(2) == scene


@pytest.mark.parametrize(
    ("kind", "entity", "sectors", "states"),
    [
        ("ORG", "zenda-radio", ("JRN",), {"KEN"}),
        ("ORG", "zenda-radio", ("JRN", "GOV"), {"KEN"}),
        ("ORG", "zenda-radio", ("GOV", "JRN"), {"KEN", "GHA"}),
        ("ORG", "", ("JRN",), {"KEN", "GHA"}),  # not known
        ("PER", "ada-obi", ("JRN",), {"KEN", "GHA"}),
    ],
)
def test_known_media_do_not_make_their_state_spoken_of(
    kind: Kind, entity: str, sectors: tuple[str, ...], states: set[str]
) -> None:
    told = [Mention(0, 1, "GPE", "KEN", "Kenya", "KEN"), Mention(1, 2, kind, entity, "", "GHA", sectors)]
    found = Setting(Tree("", Analysis((), (), (), (), ())), told, ())
    assert found.states == states
    assert found.home[0] == ("KEN" if states == {"KEN"} else "")
