"""What two reports share, in figures and in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from turnstone.stories.contradiction import RECIPROCAL, SAID, contradiction, numbers_differ
from turnstone.stories.kinds import AHEAD, in_stages, same_kind
from turnstone.stories.parties import alike, same_party
from turnstone.stories.reports import Party, Report
from turnstone.stories.spots import same_place

_COARSE_DAYS: Final = 6
_WORDED: Final = SAID | {"AGREE", "CONCEDE"}
"""What is done by saying it: other words for it are mostly another statement."""
_SITTINGS: Final = frozenset({"trial", "hearing"})
_FORCES: Final = frozenset({"MIL", "REB", "UAF"})


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of two reports have in common, each word weighed by how rare it is in the news of the days.

    `common` is the weight of all that they share, `names` and `plain` those of names and of other words, with their
    numbers `names_number` and `plain_number`; `other_names` and `other_plain` the weights of what one has and the other
    lacks, the less and the more. `rarest` has the weights of the three rarest shared words. From 0 to 1: `overlap` of
    all words, `of_all` what is shared of all words of both, `plain_share` of the plain words of the one with fewer, and
    `strange` the share of names that each has and the other lacks. `fewest` is how many words the shorter has.
    """

    common: float
    names: float
    plain: float
    names_number: int
    plain_number: int
    other_names: tuple[float, float]
    other_plain: tuple[float, float]
    rarest: tuple[float, float, float]
    overlap: float
    of_all: float
    plain_share: float
    strange: float
    fewest: int


@dataclass(frozen=True, slots=True)
class Shared:
    """What two reports share. `kind` is 1 for one type, less for two that go together. From 0 to 1, or -1 where one of
    them does not tell: `actors`, `recipients`, `parties` of both, `crossed` where one's actors are the other's
    recipients, and `place`.

    `days` is the distance of their days, `printed` that of the articles; `entities` how many that are no states take
    part in both; `number` says that they share a number; `person` that it is done to one person or body with a name;
    `renewed` that one tells of something that happens once more, and not for the same time, `toll` that one goes on
    with a count; `nth_day` that one tells of a further day of something, `sitting` that both tell of a trial,
    `told_before` that one tells of as past what the other has as the news of a later day; `staged` that one tells of a
    plan and the other of what can be its deed; `ordinal` that both say the same "third", `trigger` that one word tells
    of both, `reworded` that both say, promise or refuse something, each in a word that the other lacks, `town` that
    both name a town; `contradicted` says why they can hardly be one, in words.
    """

    words: Words
    kind: float
    actors: float
    recipients: float
    crossed: float
    parties: float
    place: float
    days: int
    printed: int
    entities: int
    number: bool
    numbers_differ: bool
    person: bool
    renewed: bool
    toll: bool
    nth_day: bool
    sitting: bool
    told_before: bool
    staged: bool
    ordinal: bool
    trigger: bool
    reworded: bool
    town: bool
    contradicted: str


def shared(one: Report, other: Report, weigh: Callable[[str], float]) -> Shared:
    """What two reports share. `weigh` says how much a word tells."""
    staged = in_stages(one, other)
    actors, recipients = alike(one.actors, other.actors), alike(one.recipients, other.recipients)
    return Shared(
        words=_words(one, other, weigh),
        kind=same_kind(one, other),
        actors=actors,
        recipients=recipients,
        crossed=min(alike(one.actors, other.recipients), alike(one.recipients, other.actors)),
        parties=_parties(one, other, actors, recipients),
        place=same_place(one.spot, other.spot),
        days=_days_apart(one, other),
        printed=abs(one.published - other.published),
        entities=len(_entities(one) & _entities(other)),
        number=bool(one.numbers & other.numbers),
        numbers_differ=numbers_differ(one, other),
        person=_one_person(one, other),
        renewed=(one.renewed or other.renewed) and not one.ordinals & other.ordinals,
        toll=one.toll or other.toll,
        nth_day=(one.nth_day or other.nth_day) and one.published != other.published,
        sitting=not staged and {one.trigger, other.trigger} <= _SITTINGS,
        told_before=_told_before(one, other) or _told_before(other, one),
        staged=staged,
        ordinal=bool(one.ordinals & other.ordinals),
        trigger=one.trigger == other.trigger,
        reworded=_reworded(one, other),
        town=any(
            a.exact and a.geonames_id is not None and a.geonames_id == b.geonames_id
            for a in one.named
            for b in other.named
        ),
        contradicted=contradiction(one, other),
    )


def _words(one: Report, other: Report, weigh: Callable[[str], float]) -> Words:
    def weight(words: frozenset[str]) -> float:
        return math.fsum(map(weigh, words))

    both = one.words & other.words
    names = both & (one.names | other.names)
    common, all_one, all_other = weight(both), weight(one.words), weight(other.words)
    of_names = weight(names)
    lacking_names = sorted((weight(one.names - other.words), weight(other.names - one.words)))
    less = min(weight(one.words - one.names), weight(other.words - other.names))
    lacking = sorted((weight(one.words - one.names - other.words), weight(other.words - other.names - one.words)))
    plain = weight(both - names)
    least = min(all_one, all_other)
    first, second, third, *_ = [*sorted(map(weigh, both), reverse=True), 0.0, 0.0, 0.0]
    return Words(
        common=common,
        names=of_names,
        plain=plain,
        names_number=len(names),
        plain_number=len(both) - len(names),
        other_names=(lacking_names[0], lacking_names[1]),
        other_plain=(lacking[0], lacking[1]),
        rarest=(first, second, third),
        overlap=0.5 * common / math.sqrt(all_one * all_other) + 0.5 * common / least if least else 0.0,
        of_all=common / (all_one + all_other - common) if least else 0.0,
        plain_share=plain / less if less else 0.0,
        strange=lacking_names[0] / least if least else 0.0,
        fewest=min(len(one.words), len(other.words)),
    )


def _entities(report: Report) -> frozenset[str]:
    """Those who take part and are no states, by their ids."""
    return frozenset(
        party.entity_id for party in report.actors + report.recipients if party.entity_id and not party.is_state
    )


def _reworded(one: Report, other: Report) -> bool:
    return (
        one.event_type == other.event_type
        and one.event_type in _WORDED
        and one.trigger not in other.words
        and other.trigger not in one.words
    )


def _told_before(one: Report, other: Report) -> bool:
    return (
        one.published < other.published
        and (one.status, other.status) == ("historical", "happened")
        and not (one.dated or other.dated)
    )


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


def _parties(one: Report, other: Report, actors: float, recipients: float) -> float:
    told = [value for value in (actors, recipients) if value >= 0]
    straight = sum(told) / len(told) if told else -1.0
    if RECIPROCAL & {one.event_type, other.event_type}:
        return max(straight, alike(one.actors + one.recipients, other.actors + other.recipients))
    return straight


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
