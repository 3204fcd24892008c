"""Corrections by people, kept apart from what was coded: the only data of a record that cannot be computed again."""

from turnstone.reviews.coded import current, standing_in
from turnstone.reviews.journal import NAME, Journal, append, read
from turnstone.reviews.standing import Judged, Standing, standing
from turnstone.reviews.verdicts import SCHEMA, Changes, Queue, Review, Trigger, Values, Where, Who

__all__ = [
    "NAME", "SCHEMA", "Changes", "Journal", "Judged", "Queue", "Review", "Standing", "Trigger", "Values", "Where",
    "Who", "append", "current", "read", "standing", "standing_in",
]  # fmt: skip
