"""Whether participants of two reports can be one."""

from __future__ import annotations

from typing import Final

from turnstone.stories.reports import Party

_MOST_OF_A_NAME: Final = 0.6


def other_people(ones: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether each side has names, and nobody of one is anybody of the other."""
    return (
        bool(ones and others)
        and all(party.entity_id and not party.is_state and len(party.names) > 1 for party in ones + others)
        and not {party.entity_id for party in ones} & {party.entity_id for party in others}
    )


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


def _best(party: Party, others: tuple[Party, ...]) -> float:
    return max((same_party(party, other) for other in others), default=0.0)


def alike(ones: tuple[Party, ...], others: tuple[Party, ...]) -> float:
    """How far two sides can be the same, 0 to 1; -1 where one of them tells nobody."""
    a = tuple(party for party in ones if party.known)
    b = tuple(party for party in others if party.known)
    if not a or not b:
        return -1.0
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    return sum(_best(party, longer) for party in shorter) / len(shorter)


def strangers(ones: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether both tell of somebody and nobody of one can be anybody of the other."""
    a = [party for party in ones if party.country or party.entity_id]
    b = [party for party in others if party.country or party.entity_id]
    return bool(a and b) and not any(same_party(one, other) for one in a for other in b)


def other_names(ones: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether all of both sides have names, and none of one is one of the other: firms, leagues, unions of states."""
    return (
        bool(ones and others)
        and all(party.names for party in ones + others)
        and not any(same_party(one, other) for one in ones for other in others)
    )
