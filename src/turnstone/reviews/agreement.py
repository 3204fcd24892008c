"""How far reviewers agree: per field, as a share, as Cohen's kappa and as Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from turnstone.reviews.standing import Judged
from turnstone.reviews.verdicts import FIELDS, Review

IS_EVENT = "event"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one field: events with two reviews or more, the share of pairs of reviews that agree, and what is left of it
    beyond chance: `kappa` of two reviewers, `alpha` (nominal) of any number. None where chance leaves no room, or
    where there are not two reviewers."""

    field: str
    events: int
    share: float | None
    kappa: float | None
    alpha: float | None


def agreement(judged: Iterable[Judged]) -> list[Agreement]:
    """Agreement on whether there is an event, then, of those who say there is, on each field. Adjudications and skips
    are left out."""
    units = [said(one) for one in judged]
    found = [_of(IS_EVENT, [{who: str(one.final is not None) for who, one in unit.items()} for unit in units])]
    for field in FIELDS:
        labels = [{who: one.final.label(field) for who, one in unit.items() if one.final is not None} for unit in units]
        found.append(_of(field, labels))
    return found


def said(judged: Judged) -> dict[str, Review]:
    """What each reviewer said of an event, adjudications and skips left out."""
    return {one.reviewer: one for one in judged.reviews if not one.adjudicates and one.verdict != "skip"}


def differing(judged: Judged) -> tuple[str, ...]:
    """The fields on which the reviewers of an event differ; IS_EVENT alone where they differ on that."""
    finals = [one.final for one in said(judged).values()]
    if len({final is None for final in finals}) > 1:
        return (IS_EVENT,)
    kept = [final for final in finals if final is not None]
    return tuple(field for field in FIELDS if len({final.label(field) for final in kept}) > 1)


def _of(field: str, units: Sequence[dict[str, str]]) -> Agreement:
    several = [unit for unit in units if len(unit) > 1]
    pairs = [pair for unit in several for pair in combinations(unit.values(), 2)]
    share = sum(one == other for one, other in pairs) / len(pairs) if pairs else None
    reviewers = sorted({who for unit in several for who in unit})
    both = [(unit[reviewers[0]], unit[reviewers[1]]) for unit in several] if len(reviewers) == 2 else []
    return Agreement(field, len(several), share, kappa(both), alpha([list(unit.values()) for unit in several]))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two reviewers' labels of the same things; None where both give all of them one label."""
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(one == other for one, other in pairs) / n
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[label] * second[label] for label in first) / (n * n)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal labels; each unit has those that were given, by two reviewers or more. None
    where all labels are one."""
    several = [unit for unit in units if len(unit) > 1]
    totals = Counter(label for unit in several for label in unit)
    n = totals.total()
    observed = sum(_unlike(Counter(unit)) / (len(unit) - 1) for unit in several)
    expected = _unlike(totals) / (n - 1) if n > 1 else 0.0
    return None if not expected else 1 - observed / expected


def _unlike(counts: Counter[str]) -> int:
    """Ordered pairs of unlike labels."""
    return counts.total() ** 2 - sum(count * count for count in counts.values())
