"""What is known of one article while its mentions are found: the names, titles and nationalities of its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from turnstone.knowledge.entities import Entities, State
from turnstone.records import Article, Mention
from turnstone.resolution.trees import Tree


def who(mention: Mention) -> tuple[str, str]:
    """What two mentions of one have in common: the entity, where it is known, and the name."""
    return mention.entity_id, mention.name


@dataclass
class Board:
    """What is known so far of one article; each step of resolution adds to it."""

    article: Article
    tree: Tree
    entities: Entities
    mentions: dict[tuple[int, int], tuple[Mention, ...]] = field(default_factory=dict)
    at: dict[int, Mention] = field(default_factory=dict)
    """The name, title or noun phrase whose core the token belongs to."""
    adjectives: dict[int, State] = field(default_factory=dict)
    """Nationality by the last token of an adjective."""
    inner: dict[int, Mention] = field(default_factory=dict)
    """A state or capital within the name of a body ("Ministry of Defence of Ukraine"): no mention of its own."""

    @property
    def day(self) -> date:
        """The day the article is of."""
        return self.article.published

    def put(self, mention: Mention, core: range = range(0)) -> None:
        """Note a mention, in place of an earlier one of the same words, as what the tokens of `core` mean."""
        self.mentions[mention.start, mention.end] = (mention,)
        for place in core:
            self.at[place] = mention

    def named(self) -> list[Mention]:
        """All mentions in the order of the text."""
        found = [mention for group in self.mentions.values() for mention in group]
        return sorted(found, key=attrgetter("start", "end"))
