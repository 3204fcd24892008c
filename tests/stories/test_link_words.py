from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories.samples import BOMB, ELSEWHERE, TOLL, News, report
from turnstone.stories.link_words import ROWS, features, likely, packaged
from turnstone.stories.sameness import shared


def rare(_: str) -> float:
    return 4.5


def names(one: News, other: News) -> set[str]:
    return set(features(report(one), report(other), shared(report(one), report(other), rare)))


def chance(one: News, other: News) -> float:
    return likely(report(one), report(other), shared(report(one), report(other), rare))


SHELLED = replace(BOMB, text="Graustark shelled Zenda Bridge near Strelsau.", trigger="shelled", actor="Graustark",
                  country="GRA", recipient="Zenda Bridge")  # fmt: skip
MARCH = replace(BOMB, text="Dockers marched in Strelsau over the price of bread.", trigger="marched", actor="Dockers",
                recipient="", event_type="PROTEST")  # fmt: skip


def test_the_table_has_a_row_for_each_hash() -> None:
    assert len(packaged()) == ROWS
    assert any(packaged())


def test_features_tell_what_two_reports_share() -> None:
    told = names(TOLL, BOMB)
    assert {"two reports", "types ASSAULT ASSAULT", "place 4", "both docker"} <= told
    assert "their places lie apart" in names(ELSEWHERE, BOMB)
    assert "nth_day" in names(replace(MARCH, day=1, text=f"{MARCH.text} for a second night"), MARCH)


@pytest.mark.parametrize(
    ("likelier", "other"),
    [
        pytest.param((TOLL, BOMB), (replace(TOLL, event_type="AGREE"), BOMB), id="kind"),
        pytest.param((TOLL, BOMB), (replace(TOLL, day=6), BOMB), id="day"),
        pytest.param((TOLL, BOMB), (ELSEWHERE, BOMB), id="place"),
        pytest.param((SHELLED, SHELLED), (replace(SHELLED, day=1), SHELLED), id="the next day's shelling"),
        pytest.param(
            (replace(MARCH, day=1), MARCH),
            (replace(MARCH, day=1, text=f"{MARCH.text[:-1]} for a second night."), MARCH),
            id="the second day of something",
        ),
    ],
)
def test_the_packaged_table_thinks_one_pair_likelier_than_another(
    likelier: tuple[News, News], other: tuple[News, News]
) -> None:
    assert chance(*likelier) > chance(*other)
