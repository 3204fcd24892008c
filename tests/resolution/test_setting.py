"""What a report tells of where it takes place."""

from __future__ import annotations

import pytest

from turnstone.records import Analysis, Mention
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
