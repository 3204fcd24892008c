"""How likely two reports are of one happening: what they share, in figures and in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from turnstone.stories.contradiction import RECIPROCAL, SAID, contradiction, numbers_differ
from turnstone.stories.kinds import AHEAD, in_stages, same_kind
from turnstone.stories.parties import agree, alike, same_party
from turnstone.stories.reports import Party, Report
from turnstone.stories.spots import same_place

_COARSE_DAYS: Final = 6
_FEW: Final = 0.3
_MUCH: Final = 30.0
"""As much as six rare words tell."""
_WORDED: Final = SAID | {"AGREE", "CONCEDE"}
"""What is done by saying it: other words for it are mostly another statement."""
_SITTINGS: Final = frozenset({"trial", "hearing"})
_MEANS: Final = frozenset({"ASSAULT", "PROTEST"})
"""Whose modes say by what means or how it was done; other modes of other types are other acts."""
_GOING_ON: Final = frozenset({"ASSAULT", "MOBILIZE"})
_FORCES: Final = frozenset({"MIL", "REB", "UAF"})


@dataclass(frozen=True, slots=True)
class Shared:
    """What two reports share, each from 0 to 1; `place` and `parties` are -1 where one of them does not tell.

    `words` weighs by how rare a word is in the news of the days; `common` is how much the two have in common in all,
    and `strange` the share of names that each has and the other lacks. `days` is the distance of their days; `person`
    says that it is done to one person or body with a name; `renewed` that one tells of something that happens once
    more, and not for the same time, `toll` that one goes on with a count, `fighting` that both tell of violence, or of
    forces moved, and share no number; `nth_day` that one tells of a further day of something, `sitting` that both tell
    of a trial, `told_before` that one tells of as past what the other has as the news of a later day, `other_mode` that
    they are of one type and of other modes; `staged` that one tells of a plan and the other of what can be its deed.
    `plain` is the share of the words of the one with fewer that are no names, `number` says that they share a number,
    `ordinal` that both say the same "third", `trigger` that one word tells of both, `reworded` that both say, promise
    or refuse something, each in a word that the other lacks, `town` that both name a town.
    """

    words: float
    common: float
    kind: float
    parties: float
    place: float
    days: int
    numbers_differ: bool
    strange: float
    person: bool
    renewed: bool
    toll: bool
    fighting: bool
    nth_day: bool
    sitting: bool
    told_before: bool
    other_mode: bool
    staged: bool
    plain: float
    number: bool
    ordinal: bool
    trigger: bool
    reworded: bool
    town: bool


def one_act(one: Report, other: Report) -> bool:
    """Whether two events of one sentence are one act in two words, as "attacked, killing": of one type and stage, with
    the same sides, and no turn to another act ("after", "which") between them."""
    return (
        one.sentence == other.sentence
        and one.clause == other.clause
        and (one.event_type, one.status) == (other.event_type, other.status)
        and not contradiction(one, other)
        and all(agree(*sides) for sides in ((one.actors, other.actors), (one.recipients, other.recipients)))
    )


def shared(one: Report, other: Report, weigh: Callable[[str], float]) -> Shared:
    """What two reports share. `weigh` says how much a word tells."""
    staged = in_stages(one, other)
    return Shared(
        words=_overlap(one.words, other.words, weigh),
        common=min(1.0, _weight(one.words & other.words, weigh) / _MUCH),
        kind=same_kind(one, other),
        parties=_parties(one, other),
        place=same_place(one.spot, other.spot),
        days=_days_apart(one, other),
        numbers_differ=numbers_differ(one, other),
        strange=_strange(one, other, weigh),
        person=_one_person(one, other),
        renewed=(one.renewed or other.renewed) and not one.ordinals & other.ordinals,
        toll=one.toll or other.toll,
        fighting=one.event_type == other.event_type and one.event_type in _GOING_ON and not one.numbers & other.numbers,
        nth_day=(one.nth_day or other.nth_day) and one.published != other.published,
        sitting=not staged and {one.trigger, other.trigger} <= _SITTINGS,
        told_before=_told_before(one, other) or _told_before(other, one),
        other_mode=_other_mode(one, other),
        staged=staged,
        plain=_plain(one, other, weigh),
        number=bool(one.numbers & other.numbers),
        ordinal=bool(one.ordinals & other.ordinals),
        trigger=one.trigger == other.trigger,
        reworded=_reworded(one, other),
        town=any(
            a.exact and a.geonames_id is not None and a.geonames_id == b.geonames_id
            for a in one.named
            for b in other.named
        ),
    )


def _reworded(one: Report, other: Report) -> bool:
    return (
        one.event_type == other.event_type
        and one.event_type in _WORDED
        and one.trigger not in other.words
        and other.trigger not in one.words
    )


def _other_mode(one: Report, other: Report) -> bool:
    if one.event_type != other.event_type or one.event_type in _MEANS:
        return False
    return bool(one.modes and other.modes) and not one.modes & other.modes


def _told_before(one: Report, other: Report) -> bool:
    return (
        one.published < other.published
        and (one.status, other.status) == ("historical", "happened")
        and not (one.dated or other.dated)
    )


def _plain(one: Report, other: Report, weigh: Callable[[str], float]) -> float:
    ones, others = one.words - one.names, other.words - other.names
    least = min(_weight(ones, weigh), _weight(others, weigh))
    return _weight(ones & others, weigh) / least if least else 0.0


def _days_apart(one: Report, other: Report) -> int:
    """Days between the two; of what is dated no closer than a week, and of what is announced in one of them, the days
    between the articles say more than those of the event."""
    apart = max(0, one.first_day - other.last_day, other.first_day - one.last_day)
    printed = abs(one.published - other.published)
    if one.status == other.status == "historical" and one.dated and other.dated and not apart:
        return 0
    plans = [report for report in (one, other) if report.status in AHEAD and not report.dated]
    if plans and (in_stages(one, other) or len(plans) == 2):
        # A plan without a day is for any day ahead.
        return min(apart, printed) // 2
    if max(one.last_day - one.first_day, other.last_day - other.first_day) >= _COARSE_DAYS:
        return max(apart, printed)
    return min(apart, printed) if AHEAD & {one.status, other.status} else apart


def _weight(words: frozenset[str], weigh: Callable[[str], float]) -> float:
    return math.fsum(map(weigh, words))


def _strange(one: Report, other: Report, weigh: Callable[[str], float]) -> float:
    least = min(_weight(one.words, weigh), _weight(other.words, weigh))
    strange = min(_weight(one.names - other.words, weigh), _weight(other.names - one.words, weigh))
    return strange / least if least else 0.0


def _overlap(one: frozenset[str], other: frozenset[str], weigh: Callable[[str], float]) -> float:
    a, b = _weight(one, weigh), _weight(other, weigh)
    if not a or not b:
        return 0.0
    common = _weight(one & other, weigh)
    return 0.5 * common / math.sqrt(a * b) + 0.5 * common / min(a, b)


def _one_person(one: Report, other: Report) -> bool:
    ones, others = _persons(one), _persons(other)
    if any(_named_whole(party, other) for party in ones) or any(_named_whole(party, one) for party in others):
        return True
    return any(a.names and b.names and same_party(a, b) == 1.0 for a in ones for b in others)


def _persons(report: Report) -> list[Party]:
    """Those whom it is done to but states; of violence, also but towns and forces, which are attacked day after day."""
    attacked = report.event_type == "ASSAULT"
    return [
        party
        for party in report.recipients
        if not party.is_state and not (attacked and (party.is_place or party.sectors & _FORCES))
    ]


def _named_whole(party: Party, there: Report) -> bool:
    """Whether the whole name of a participant, of two words or more, stands in a report."""
    return len(party.names) > 1 and party.names <= there.names


def _parties(one: Report, other: Report) -> float:
    roles = [
        value for value in (alike(one.actors, other.actors), alike(one.recipients, other.recipients)) if value >= 0
    ]
    straight = sum(roles) / len(roles) if roles else -1.0
    if RECIPROCAL & {one.event_type, other.event_type}:
        return max(straight, alike(one.actors + one.recipients, other.actors + other.recipients))
    return straight


def score(found: Shared) -> float:
    """How likely two reports that nothing contradicts are of one happening, 0 to 1.

    The weights began as a logistic fit to the development half of the same-event set (`evals/happenings.py`) and were
    rounded; later ones were set by hand where reading its errors gave a cause.
    """
    later = found.days > 0 and not found.toll
    total = (
        -5.5
        + 2.2 * found.words
        + 1.5 * found.common
        + (1.3 if found.kind == 1.0 else 0.3 if found.staged or found.trigger else -0.2 if found.kind else -1.2)
        + 1.5 * max(found.parties, 0.0)
        + 0.5 * max(found.place, 0.0)
        + (0.9 if not found.days else -0.25 * min(found.days, 8))
        - 0.4 * (found.days > 1)
        + 0.8 * found.person
        + 0.7 * (found.toll and not found.renewed)
        + 0.9 * found.staged
        + 0.3 * found.trigger
        - 0.8 * found.reworded
        + 0.3 * found.number
        + 0.8 * found.ordinal
        + 0.3 * found.town
        - 1.2 * found.renewed
        - 1.4 * (found.numbers_differ and later)
        # Fighting of the same sides goes on; the next day's is the same only where it is told of one place.
        - 1.2 * (found.fighting and later and found.place < 1.0 and not found.person)
        # On a day of war a side does more than one thing.
        - 0.5 * (found.fighting and not later and not found.town and not found.person and found.plain < _FEW)
        - 1.0 * found.nth_day
        - 2.5 * (found.sitting and found.days > 0)
        - 1.0 * found.told_before
        - 1.0 * found.other_mode
        - 0.6 * found.strange
    )
    return 1.0 / (1.0 + math.exp(-total))


def reason(one: Report, other: Report, found: Shared) -> str:
    """What two reports share, in words."""
    said = []
    if one.event_type == other.event_type:
        said.append(f"both {one.event_type}")
    else:
        said.append(f"{other.event_type} and {one.event_type}" + (", which go together" if found.kind else ""))
    if found.parties >= 0.9:
        said.append("the same participants")
    elif found.parties >= 0.6:
        said.append("participants of the same countries")
    if found.place == 1.0:
        said.append("the same place")
    elif found.place >= 0.5:
        said.append("places nearby or in the same country")
    said.append("the same day" if not found.days else f"{found.days} day{'s' if found.days > 1 else ''} apart")
    common = sorted(one.words & other.words, key=lambda word: (word not in one.names, word))
    if common:
        said.append(f"words in common: {', '.join(common[:6])}")
    if found.toll:
        said.append("a count brought up to date")
    return "; ".join(said)
