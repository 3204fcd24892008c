"""Whether places of two reports can be one."""

from __future__ import annotations

import math
from typing import Final

from turnstone.stories.reports import Spot

NEAR_KM: Final = 60.0
_NEARBY: Final = 0.6
_PROVINCE_KM: Final = 250.0
_EARTH_KM: Final = 6371.0


def lie_apart(one: Spot, other: Spot) -> bool:
    """Whether two places are too far from each other for one happening, or both no more than areas, and others."""
    if one.geonames_id is not None and one.geonames_id == other.geonames_id:
        return False
    if one.exact and other.exact:
        return kilometres(one, other) > NEAR_KM
    if not one.exact and not other.exact:
        return True
    return one.country != other.country or kilometres(one, other) > _PROVINCE_KM


def same_place(one: Spot | None, other: Spot | None) -> float:
    """How far two places can be one, 0 to 1; -1 where one report tells none."""
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
