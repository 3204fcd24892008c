"""Whether two reports are of one happening: what they share, in figures and in words, and what forbids it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from turnstone.stories.reports import Party, Report, Spot

RELATED: Final = frozenset(
    frozenset(pair)
    for pair in (
        # what is announced, and what is then done
        ("AGREE", "CONSULT"), ("AGREE", "COOPERATE"), ("AGREE", "AID"), ("AGREE", "SUPPORT"), ("AGREE", "CONCEDE"),
        ("AGREE", "RETREAT"), ("CONCEDE", "RETREAT"), ("CONCEDE", "SUPPORT"), ("THREATEN", "SANCTION"),
        ("THREATEN", "MOBILIZE"), ("REJECT", "SANCTION"),
        # what newsrooms word as one or the other
        ("ASSAULT", "PROTEST"), ("ASSAULT", "COERCE"), ("COERCE", "PROTEST"), ("COERCE", "ACCUSE"),
        ("COERCE", "SANCTION"), ("CONSULT", "COOPERATE"), ("CONSULT", "SUPPORT"), ("COOPERATE", "AID"),
        ("CONCEDE", "REJECT"), ("REQUEST", "ACCUSE"), ("REQUEST", "PROTEST"), ("REQUEST", "THREATEN"),
        ("ACCUSE", "THREATEN"),
        ("ACCUSE", "REJECT"), ("REQUEST", "REJECT"), ("ASSAULT", "MOBILIZE"), ("AID", "MOBILIZE"), ("AGREE", "REQUEST"),
    )
)  # fmt: skip
STAGED: Final = frozenset(
    {
        ("AGREE", "CONSULT"), ("AGREE", "COOPERATE"), ("AGREE", "AID"), ("AGREE", "SUPPORT"), ("AGREE", "CONCEDE"),
        ("AGREE", "RETREAT"), ("CONCEDE", "RETREAT"), ("THREATEN", "SANCTION"), ("THREATEN", "MOBILIZE"),
        ("REQUEST", "CONSULT"),
    }
)  # fmt: skip
"""What is promised or threatened, and what is then done."""

NEAR_KM: Final = 60.0
_MOST_OF_A_NAME: Final = 0.6
_NEARBY: Final = 0.6
_PROVINCE_KM: Final = 250.0
_EARTH_KM: Final = 6371.0
_COARSE_DAYS: Final = 6
_PLANNED_DAYS: Final = 14
_FEW: Final = 0.3
_MUCH: Final = 30.0
"""As much as six rare words tell."""
_AHEAD: Final = frozenset({"future", "hypothetical"})
_SAID: Final = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_WORDED: Final = _SAID | {"AGREE", "CONCEDE"}
"""What is done by saying it: other words for it are mostly another statement."""
_RECIPROCAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT"})
_BATTLE: Final = frozenset(
    "battle clash clashes combat confrontation exchange fight fighting firefight shootout skirmish war".split()
)
"""In what words of violence either side may be the one that acts; else it strikes back."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What two reports share, each from 0 to 1; `place` and `parties` are -1 where one of them does not tell.

    `words` weighs by how rare a word is in the news of the days; `common` is how much the two have in common in all,
    and `strange` the share of names that each has and the other lacks. `days` is the distance of their days; `person`
    says that it is done to one person or body with a name; `renewed` that one tells of something that happens once
    more, and not for the same time, `toll` that one goes on with a count, `fighting` that both tell of violence and
    share no number; `staged` that one tells of a plan and the other of what can be its deed. `plain` is the share of
    the words of the one with fewer that are no names, `number` says that they share a number, `ordinal` that both say
    the same "third", `trigger` that one word tells of both, `reworded` that both say, promise or refuse something
    and that in other words, `town` that both name a town.
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
        and all(_agree(*sides) for sides in ((one.actors, other.actors), (one.recipients, other.recipients)))
    )


def _agree(ones: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    return not ones or not others or set(ones) == set(others) or _alike(ones, others) in (-1.0, 1.0)


def contradiction(one: Report, other: Report) -> str:
    """Why two reports cannot be of one happening, in words; empty where nothing forbids it."""
    gap = max(one.earliest - other.latest, other.earliest - one.latest)
    if gap > (1 if one.dated and other.dated else _PLANNED_DAYS if _in_stages(one, other) else 0):
        return "their days differ"
    if one.spot and other.spot:
        if one.spot.country and other.spot.country and one.spot.country != other.spot.country:
            return "their places lie in different countries"
        if one.spot.exact and other.spot.exact and kilometres(one.spot, other.spot) > NEAR_KM:
            return "their places lie apart"
    if one.named and other.named and all(_apart(a, b) for a in one.named for b in other.named):
        return "the places they name lie apart"
    if _strangers(one.actors, other.actors) and not _crossed(one, other):
        return "their actors differ"
    if one.event_type == other.event_type == "SANCTION" and _other_names(one.actors, other.actors):
        return "their actors differ"
    if _strangers(one.recipients, other.recipients) and not _crossed(one, other):
        return "their recipients differ"
    if one.event_type == other.event_type and one.event_type in _SAID and _other_people(one.actors, other.actors):
        return "others say so"
    if (one.renewed or other.renewed) and not (one.toll or other.toll) and _numbers_differ(one, other):
        return "one tells of something more, in other numbers"
    return ""


def _numbers_differ(one: Report, other: Report) -> bool:
    return bool(one.numbers and other.numbers and not one.numbers & other.numbers)


def _other_people(ones: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether each side has names, and nobody of one is anybody of the other."""
    return (
        bool(ones and others)
        and all(party.entity_id and not party.is_state and len(party.names) > 1 for party in ones + others)
        and not {party.entity_id for party in ones} & {party.entity_id for party in others}
    )


def shared(one: Report, other: Report, weigh: Callable[[str], float]) -> Shared:
    """What two reports share. `weigh` says how much a word tells."""
    return Shared(
        words=_overlap(one.words, other.words, weigh),
        common=min(1.0, math.fsum(map(weigh, one.words & other.words)) / _MUCH),
        kind=_kind(one, other),
        parties=_parties(one, other),
        place=_place(one.spot, other.spot),
        days=_days_apart(one, other),
        numbers_differ=_numbers_differ(one, other),
        strange=_strange(one, other, weigh),
        person=_one_person(one, other),
        renewed=(one.renewed or other.renewed) and not one.ordinals & other.ordinals,
        toll=one.toll or other.toll,
        fighting=one.event_type == other.event_type == "ASSAULT" and not one.numbers & other.numbers,
        staged=_in_stages(one, other),
        plain=_plain(one, other, weigh),
        number=bool(one.numbers & other.numbers),
        ordinal=bool(one.ordinals & other.ordinals),
        trigger=one.trigger == other.trigger,
        reworded=one.trigger != other.trigger and one.event_type == other.event_type and one.event_type in _WORDED,
        town=any(
            a.exact and a.geonames_id is not None and a.geonames_id == b.geonames_id
            for a in one.named
            for b in other.named
        ),
    )


def _in_stages(one: Report, other: Report) -> bool:
    """Whether the earlier tells of a plan and the later of its deed: the word for the one stands in the other."""
    earlier, later = sorted((one, other), key=lambda report: (report.published, report.status not in _AHEAD))
    if later.status in _AHEAD or not _kind(one, other):
        return False
    if earlier.status not in _AHEAD and (earlier.event_type, later.event_type) not in STAGED:
        return False
    return later.trigger in earlier.words or earlier.trigger in later.words


def _plain(one: Report, other: Report, weigh: Callable[[str], float]) -> float:
    ones, others = one.words - one.names, other.words - other.names
    least = min(math.fsum(map(weigh, ones)), math.fsum(map(weigh, others)))
    return math.fsum(map(weigh, ones & others)) / least if least else 0.0


def _days_apart(one: Report, other: Report) -> int:
    """Days between the two; of what is dated no closer than a week, and of what is announced in one of them, the days
    between the articles say more than those of the event."""
    apart = max(0, one.first_day - other.last_day, other.first_day - one.last_day)
    printed = abs(one.published - other.published)
    if one.status == other.status == "historical" and one.dated and other.dated and not apart:
        return 0
    plans = [report for report in (one, other) if report.status in _AHEAD and not report.dated]
    if plans and (_in_stages(one, other) or len(plans) == 2):
        # A plan without a day is for any day ahead.
        return min(apart, printed) // 2
    if max(one.last_day - one.first_day, other.last_day - other.first_day) >= _COARSE_DAYS:
        return max(apart, printed)
    return min(apart, printed) if _AHEAD & {one.status, other.status} else apart


def _strange(one: Report, other: Report, weigh: Callable[[str], float]) -> float:
    def total(words: frozenset[str]) -> float:
        return math.fsum(map(weigh, words))

    least = min(total(one.words), total(other.words))
    return min(total(one.names - other.words), total(other.names - one.words)) / least if least else 0.0


def _overlap(one: frozenset[str], other: frozenset[str], weigh: Callable[[str], float]) -> float:
    def total(words: frozenset[str]) -> float:
        return math.fsum(map(weigh, words))

    a, b = total(one), total(other)
    if not a or not b:
        return 0.0
    common = total(one & other)
    return 0.5 * common / math.sqrt(a * b) + 0.5 * common / min(a, b)


def _apart(one: Spot, other: Spot) -> bool:
    if one.geonames_id is not None and one.geonames_id == other.geonames_id:
        return False
    if one.exact and other.exact:
        return kilometres(one, other) > NEAR_KM
    if not one.exact and not other.exact:
        return True
    return one.country != other.country or kilometres(one, other) > _PROVINCE_KM


def _kind(one: Report, other: Report) -> float:
    if one.event_type == other.event_type:
        return 1.0
    return 0.6 if frozenset((one.event_type, other.event_type)) in RELATED else 0.0


def same_party(one: Party, other: Party) -> float:
    """How far two participants can be one: 1 for an entity or a name, less for what one country's words leave open,
    least for two of one country that both have names, and others."""
    if one.entity_id and one.entity_id == other.entity_id:
        return 1.0
    states = one.is_state, other.is_state
    if not any(states) and one.names & other.names:
        # The African Union is not the European Union.
        common = len(one.names & other.names) / min(len(one.names), len(other.names))
        if common >= _MOST_OF_A_NAME:
            return 1.0
    if not one.country or one.country != other.country:
        return 0.0
    if any(states):
        return 0.7
    if one.entity_id and other.entity_id:
        return 0.15
    if len(one.names) > 1 and len(other.names) > 1:
        return 0.25
    return 0.7 if not one.sectors or not other.sectors or one.sectors & other.sectors else 0.4


def _one_person(one: Report, other: Report) -> bool:
    if any(_named_whole(party, other) for party in one.recipients) or any(
        _named_whole(party, one) for party in other.recipients
    ):
        return True
    return any(
        not a.is_state and not b.is_state and a.names and b.names and same_party(a, b) == 1.0
        for a in one.recipients
        for b in other.recipients
    )


def _named_whole(party: Party, there: Report) -> bool:
    """Whether the whole name of a participant, of two words or more, stands in a report."""
    return not party.is_state and len(party.names) > 1 and party.names <= there.names


def _best(party: Party, others: tuple[Party, ...]) -> float:
    return max((same_party(party, other) for other in others), default=0.0)


def _alike(ones: tuple[Party, ...], others: tuple[Party, ...]) -> float:
    """-1 where one side tells nobody."""
    a = tuple(party for party in ones if party.known)
    b = tuple(party for party in others if party.known)
    if not a or not b:
        return -1.0
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    return sum(_best(party, longer) for party in shorter) / len(shorter)


def _parties(one: Report, other: Report) -> float:
    roles = [
        value for value in (_alike(one.actors, other.actors), _alike(one.recipients, other.recipients)) if value >= 0
    ]
    straight = sum(roles) / len(roles) if roles else -1.0
    if _RECIPROCAL & {one.event_type, other.event_type}:
        return max(straight, _alike(one.actors + one.recipients, other.actors + other.recipients))
    return straight


def _strangers(ones: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether both tell of somebody and nobody of one can be anybody of the other."""
    a = [party for party in ones if party.country or party.entity_id]
    b = [party for party in others if party.country or party.entity_id]
    return bool(a and b) and not any(same_party(one, other) for one in a for other in b)


def _other_names(ones: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether all of both sides have names, and none of one is one of the other: firms, leagues, unions of states."""
    return (
        bool(ones and others)
        and all(party.names for party in ones + others)
        and not any(same_party(one, other) for one in ones for other in others)
    )


def _crossed(one: Report, other: Report) -> bool:
    """Whether who acts in one is the other side in the other, as in a meeting or a battle."""
    if not _RECIPROCAL & {one.event_type, other.event_type}:
        return False
    if "ASSAULT" in (one.event_type, other.event_type) and not _BATTLE & {one.trigger, other.trigger}:
        return False
    sides = _alike(one.actors, other.recipients), _alike(one.recipients, other.actors)
    told = [value for value in sides if value >= 0]
    return bool(told) and min(told) >= 0.5


def _place(one: Spot | None, other: Spot | None) -> float:
    if one is None or other is None:
        return -1.0
    if one.geonames_id is not None and one.geonames_id == other.geonames_id:
        return 1.0
    if one.exact and other.exact:
        return _NEARBY * max(0.0, 1.0 - kilometres(one, other) / NEAR_KM)
    return 0.5 if one.country and one.country == other.country else 0.0


def kilometres(one: Spot, other: Spot) -> float:
    """The distance of two places along the surface of the earth."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    height = math.sin((b - a) / 2) ** 2
    width = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(height + math.cos(a) * math.cos(b) * width)))


# --- the score


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
        + 1.0 * max(found.place, 0.0)
        + (0.9 if not found.days else -0.25 * min(found.days, 8))
        - 0.4 * (found.days > 1)
        + 0.8 * found.person
        + 0.7 * (found.toll and not found.renewed)
        + 0.9 * found.staged
        + 0.3 * found.trigger
        - 0.8 * found.reworded
        + 0.3 * found.number
        + 0.8 * found.ordinal
        + 0.6 * found.town
        - 1.2 * found.renewed
        - 1.4 * (found.numbers_differ and later)
        # Fighting of the same sides goes on; the next day's is the same only where it is told of one place.
        - 0.7 * (found.fighting and later and found.place < 1.0 and not found.person)
        # On a day of war a side does more than one thing.
        - 0.5 * (found.fighting and not later and not found.town and not found.person and found.plain < _FEW)
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
