"""What the check finds."""

from __future__ import annotations

from datetime import date

import pytest

from turnstone.knowledge.entity_check import Checked, check
from turnstone.knowledge.entity_files import EntityFile

TODAY = date(2026, 1, 1)


def checked(content: str) -> Checked:
    return check([EntityFile("own.yaml", content.encode())], TODAY)


@pytest.fixture(scope="module")
def packaged() -> Checked:
    return check([], TODAY)


def test_the_packaged_data(packaged: Checked) -> None:
    assert packaged.faults == ()
    assert packaged.ambiguous == ()
    assert packaged.counts["states"] > 190 and sum(packaged.organisations.values()) == packaged.counts["organisations"]
    assert set(packaged.coverage) == {2000, 2005, 2010, 2015, 2020, 2025, 2026}
    assert packaged.coverage[2010]["state"] > 100


def test_every_fault_is_listed() -> None:
    found = checked("- {id: a, name: A, country: XXX}\n- {id: b, name: B, sectors: [ARMY]}\n- {name: C}\n")
    assert [fault.split(": ")[0] for fault in found.faults] == ["own.yaml:2", "own.yaml:3", "own.yaml:1"]


def test_gaps_and_ambiguous_names_are_those_of_the_file() -> None:
    found = checked(
        "- office: zenda-warden\n  title: Warden\n  country: GEO\n  holders:\n"
        "  - {name: Rudolf Sapt, from: 2010-01-01, to: 2011-01-01}\n  - {name: Fritz Sapt, from: 2011-01-11}\n"
        "- {id: other-nato, name: NATO, since: 1950}\n- {id: old-nato, name: NATO, until: 1940}\n"
    )
    assert found.faults == ()
    (gap,) = found.gaps
    assert gap.startswith("own.yaml:6: zenda-warden: nobody for 10 days from 2011-01-01")
    (name,) = found.ambiguous
    assert name.startswith("NATO: ") and "other-nato" in name and "old-nato" not in name


def test_people_of_different_countries_are_told_apart() -> None:
    holder = "{name: %s, also: [Rudolf Sapt], from: 2010-01-01}"
    office = f"- {{office: %s-warden, title: Warden, country: %s, holders: [{holder}]}}\n"
    assert checked(office % ("geo", "GEO", "R. Sapt") + office % ("fra", "FRA", "Rudolf von Sapt")).ambiguous == ()
    (name,) = checked(office % ("geo", "GEO", "R. Sapt") + office % ("ge", "GEO", "Rudolf von Sapt")).ambiguous
    assert name.startswith("Rudolf Sapt: person R. Sapt (r-sapt), person Rudolf von Sapt")
