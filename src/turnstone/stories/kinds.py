"""Kinds of act that go together, and plans with their deeds."""

from __future__ import annotations

from typing import Final

from turnstone.stories.reports import Report

RELATED: Final = frozenset(
    frozenset(pair)
    for pair in (
        # what is announced, and what is then done
        ("AGREE", "CONSULT"), ("AGREE", "COOPERATE"), ("AGREE", "AID"), ("AGREE", "SUPPORT"), ("AGREE", "CONCEDE"),
        ("AGREE", "RETREAT"), ("CONCEDE", "RETREAT"), ("CONCEDE", "SUPPORT"), ("THREATEN", "SANCTION"),
        ("THREATEN", "MOBILIZE"), ("REJECT", "SANCTION"),
        # what newsrooms word as one or the other
        ("ASSAULT", "PROTEST"), ("ASSAULT", "COERCE"), ("COERCE", "PROTEST"), ("COERCE", "SANCTION"),
        ("CONSULT", "COOPERATE"), ("CONSULT", "SUPPORT"), ("COOPERATE", "AID"),
        ("CONCEDE", "REJECT"), ("REQUEST", "ACCUSE"), ("REQUEST", "PROTEST"), ("REQUEST", "THREATEN"),
        ("ACCUSE", "THREATEN"),
        ("ACCUSE", "REJECT"), ("REQUEST", "REJECT"), ("ASSAULT", "MOBILIZE"), ("AID", "MOBILIZE"), ("AGREE", "REQUEST"),
    )
)  # fmt: skip
STAGED: Final = frozenset(
    {
        ("AGREE", "CONSULT"), ("AGREE", "COOPERATE"), ("AGREE", "AID"), ("AGREE", "SUPPORT"), ("AGREE", "CONCEDE"),
        ("AGREE", "RETREAT"), ("CONCEDE", "RETREAT"), ("THREATEN", "SANCTION"), ("THREATEN", "MOBILIZE"),
    }
)  # fmt: skip
"""What is promised or threatened, and what is then done."""
PLANNED_DAYS: Final = 14
AHEAD: Final = frozenset({"future", "hypothetical"})


def in_stages(one: Report, other: Report) -> bool:
    """Whether the earlier tells of a plan and the later of its deed: the word for the one stands in the other."""
    earlier, later = sorted((one, other), key=lambda report: (report.published, report.status not in AHEAD))
    if later.status in AHEAD or not same_kind(one, other):
        return False
    if earlier.status not in AHEAD and (earlier.event_type, later.event_type) not in STAGED:
        return False
    return later.trigger in earlier.words or earlier.trigger in later.words


def same_kind(one: Report, other: Report) -> float:
    """1 for one type, less for two that go together, else 0."""
    if one.event_type == other.event_type:
        return 1.0
    return 0.6 if frozenset((one.event_type, other.event_type)) in RELATED else 0.0
