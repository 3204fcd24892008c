"""The settings of a run; their values are part of what identifies it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a coding beside code, model, codebook and entities. All thresholds are probabilities.

    `least_confidence`: events below it are left out. `least_doubted`: likewise those that grammar speaks against, or of
    which nobody is told whom the type needs. `least_mode`, `least_context`, `least_place`, `least_likely_place`,
    `least_day`, `least_state`, `least_retelling`: likewise for modes, contexts, places, places that the event's own
    clause does not tell, days that another sentence tells, states that nothing beside somebody tells, and an event of a
    whole article being one that it has told before.
    `background_days`: an event dated more days than these before the report's is background (status historical);
    `background_days_of_whole_articles`: likewise in whole articles (`Analysis.is_whole_article`).
    """

    least_confidence: float = 0.4
    least_doubted: float = 0.6
    least_mode: float = 0.5
    least_context: float = 0.25
    least_place: float = 0.5
    least_likely_place: float = 0.8
    least_day: float = 0.5
    least_state: float = 0.8
    least_retelling: float = 0.6
    background_days: int = 30
    background_days_of_whole_articles: int = 6

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the manifest."""
        return asdict(self)
