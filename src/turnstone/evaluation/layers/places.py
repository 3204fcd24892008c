"""Places: found by their words, then by GeoNames id or by distance, whichever the gold has."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

from turnstone.evaluation.comparison import Comparison
from turnstone.evaluation.documents import Located
from turnstone.evaluation.matching import Matched, one_to_one, overlap
from turnstone.evaluation.scores import Counts, Found, Right, count_found, count_right

NEAR_KM: Final = 161.0
"""A hundred miles: what the literature calls right."""
_EARTH_KM = 6371.0
_NEAR = "within 161 km"
_SAME_ID = "GeoNames id"


def compare(matched: Matched[Located]) -> Comparison:
    """A toponym is found where the two share a character; a found one without coordinates is not near anything."""
    found = Comparison(wanted=[Found("toponym"), Found("toponym, exact")])
    gold = [one for pair in matched.pairs for one in pair.gold]
    if any(one.point for one in gold):
        found.wanted += [Right(_NEAR), Found(f"toponym {_NEAR}")]
    if any(one.geonames_id is not None for one in gold):
        found.wanted += [Right(_SAME_ID), Found(f"toponym and {_SAME_ID}")]
    for pair in matched.pairs:
        counts: Counts = Counter()
        points = sum(one.point is not None for one in pair.gold)
        ids = sum(one.geonames_id is not None for one in pair.gold)
        partners = one_to_one(pair.gold, pair.predicted, _exact, _touching)
        for name in ("toponym", "toponym, exact"):
            count_found(counts, name, gold=len(pair.gold), predicted=len(pair.predicted))
        # A prediction at a place whose gold has no coordinates (or no id) is neither right nor wrong.
        count_found(counts, f"toponym {_NEAR}", gold=points, predicted=len(pair.predicted))
        count_found(counts, f"toponym and {_SAME_ID}", gold=ids, predicted=len(pair.predicted))
        for i, j in partners:
            want, got = pair.gold[i], pair.predicted[j]
            count_found(counts, "toponym", found=1)
            count_found(counts, "toponym, exact", found=int(want.span == got.span))
            if want.point is None:
                count_found(counts, f"toponym {_NEAR}", predicted=-1)
            else:
                near = got.point is not None and kilometres(want.point, got.point) <= NEAR_KM
                count_right(counts, _NEAR, near)
                count_found(counts, f"toponym {_NEAR}", found=int(near))
            if want.geonames_id is None:
                count_found(counts, f"toponym and {_SAME_ID}", predicted=-1)
            else:
                count_right(counts, _SAME_ID, want.geonames_id == got.geonames_id)
                count_found(counts, f"toponym and {_SAME_ID}", found=int(want.geonames_id == got.geonames_id))
        found.units.append(counts)
    return found


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance over the earth of two points in degrees of latitude and longitude."""
    north, other_north = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    half = (
        math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(across / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _exact(gold: Located, predicted: Located) -> bool:
    return gold.span == predicted.span


def _touching(gold: Located, predicted: Located) -> bool:
    return overlap((gold.span,), (predicted.span,))
