"""What resolution makes of an article built by hand."""

from __future__ import annotations

from turnstone.knowledge.entities import Entities
from turnstone.records import Analysis, Article
from turnstone.resolution.mentions import find_mentions

Shown = tuple[str, str, tuple[str, ...]]


def shown(entities: Entities, built: tuple[Article, Analysis]) -> dict[str, list[Shown]]:
    """(entity, country, sectors) of the mentions, by their words; later ones of the same words last."""
    found: dict[str, list[Shown]] = {}
    for one in find_mentions(*built, entities):
        words = built[0].text[one.start : one.end]
        found.setdefault(words, []).append((one.entity_id, one.country, one.sectors))
    return found
