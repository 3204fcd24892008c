"""Who and what the words of an article stand for on its day."""

from __future__ import annotations

from dataclasses import replace

from turnstone.knowledge.entities import Entities
from turnstone.records import Analysis, Article, Mention
from turnstone.resolution.anaphora import acronyms, counterparts, owned, pairs, plurals, pronouns, short_forms
from turnstone.resolution.descriptions import find_descriptions
from turnstone.resolution.names import adjectives, find_names


def find_mentions(article: Article, analysis: Analysis, entities: Entities) -> tuple[Mention, ...]:
    """Every mention, in the order of the text: names, titles and descriptions, and words that refer back to them.

    Names are of kind PER, ORG, GPE or LOC; descriptions, peoples and pronouns are OTHER, whatever they stand for. Two
    mentions of the same words mean both ("both leaders"). What cannot be told has no country and no sectors.
    """
    board = find_names(article, analysis, entities)
    names = frozenset(board.mentions)
    descriptions = find_descriptions(board)
    short_forms(board)
    acronyms(board)
    counterparts(board)
    short_forms(board)
    pronouns(board, analysis.quotations)
    owned(board, descriptions)
    pairs(board)
    plurals(board, analysis.quotations)
    adjectives(board)
    return tuple(
        mention if (mention.start, mention.end) in names else replace(mention, kind="OTHER")
        for mention in board.named()
    )
