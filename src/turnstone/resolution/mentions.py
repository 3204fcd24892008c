"""Who and what the words of an article stand for on its day."""

from __future__ import annotations

from dataclasses import replace

from turnstone.knowledge.entities import Entities
from turnstone.records import Analysis, Article, Mention
from turnstone.resolution.anaphora import acronyms, counterparts, owned, short_bodies
from turnstone.resolution.belonging import belonging
from turnstone.resolution.countries import own_countries, the_country
from turnstone.resolution.crowds import crowds
from turnstone.resolution.deployments import deployments
from turnstone.resolution.descriptions import find_descriptions
from turnstone.resolution.halves import halves
from turnstone.resolution.names import adjectives, find_names
from turnstone.resolution.pairs import pairs, plurals
from turnstone.resolution.peacekeepers import peacekeepers
from turnstone.resolution.pronouns import pronouns
from turnstone.resolution.roles import roles
from turnstone.resolution.shared_names import shared_names
from turnstone.resolution.short_names import short_names
from turnstone.resolution.toponyms import possible_places


def find_mentions(article: Article, analysis: Analysis, entities: Entities) -> tuple[Mention, ...]:
    """Every mention, in the order of the text: names, titles and descriptions, and words that refer back to them.

    Names are of kind PER, ORG, GPE or LOC; descriptions, peoples and pronouns are OTHER, whatever they stand for. Two
    mentions of the same words mean both ("both leaders"). What cannot be told has no country and no sectors.
    """
    board = find_names(article, analysis, entities)
    shared_names(board)
    halves(board)
    belonging(board)
    possible_places(board)
    names = frozenset(board.mentions)
    acronyms(board)  # for what is described by them: "ZCB officers"
    the_country(board)
    descriptions = find_descriptions(board)
    roles(board, descriptions)
    deployments(board, descriptions)
    peacekeepers(board, descriptions)
    short_names(board)
    acronyms(board)
    short_bodies(board)
    counterparts(board)
    short_names(board)
    crowds(board)
    pronouns(board, analysis.quotations)
    own_countries(board)
    owned(board, descriptions)
    pairs(board)
    plurals(board)
    adjectives(board)
    return tuple(
        mention if (mention.start, mention.end) in names else replace(mention, kind="OTHER")
        for mention in board.named()
    )
