from __future__ import annotations

import pytest

from turnstone.query.asked_values import strange_values

TYPES, STATUSES = ("AGREE", "ASSAULT"), ("happened", "future")


@pytest.mark.parametrize(
    "where, strange",
    [
        ("event_type = 'AGREE'", []),
        ("e.event_type='Agree' AND status <> 'future'", ["'Agree' is no event type"]),
        ("event_type NOT IN ('AGREE', 'ATTACK','ASSAULT', 'FIGHT')", ["'ATTACK'", "'FIGHT'"]),
        ("status IN ('happend')", ["'happend' is no status; there are happened, future"]),
        ("actor = 'ATTACK' AND event_type LIKE 'A%' AND event_type = x", []),
        ("EVENT_TYPE = 'ATTACK' OR event_type = 'ATTACK'", ["'ATTACK' is no event type; there are AGREE, ASSAULT"]),
    ],
)
def test_values_that_no_event_can_have_are_told(where: str, strange: list[str]) -> None:
    found = strange_values(f"SELECT count(*) FROM events WHERE {where} ORDER BY 1", TYPES, STATUSES)
    assert len(found) == len(strange)
    assert all(remark.startswith(start) for remark, start in zip(found, strange, strict=True))
