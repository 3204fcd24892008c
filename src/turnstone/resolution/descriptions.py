"""Titles and descriptions: "Russian Prime Minister Mikhail Mishustin", "Israeli troops", "the foreign minister"."""

from __future__ import annotations

from dataclasses import replace

from turnstone.records import Mention
from turnstone.resolution.bands import of_band
from turnstone.resolution.board import Board
from turnstone.resolution.descriptions_alone import from_context
from turnstone.resolution.descriptions_whose import say_whose
from turnstone.resolution.titles import TITLES, Description, name_of, recognise


def find_descriptions(board: Board) -> list[Description]:
    """Put every title and agent noun on the board and return them in the order of the text."""
    found = recognise(board)
    by_token = {place: one for one in found for place in one.places}
    for one in found:
        one.name = name_of(board, one, by_token)
    for one in found:
        say_whose(board, one, by_token)
    for one in found:
        one.told, one.values = bool(one.values), of_band(board, one)
        if not one.values:
            from_context(board, one, found)
        _write(board, one, by_token)
    return found


def _write(board: Board, one: Description, by_token: dict[int, Description]) -> None:
    """Put the noun phrase, and the name where there is one, on the board with the same values."""
    tree = board.tree
    parent = by_token.get(tree.heads[one.head])
    values = one.values
    if one.name >= 0:
        named = board.at[one.name]
        if not named.entity_id and not (one.noun.plural and len(values) > 1):
            value = values[0]
            if named.kind == "PER" or not named.country:
                named = replace(
                    named,
                    country=value.country or named.country,
                    sectors=value.sectors or named.sectors,
                    basis=value.basis,
                )
                board.put(named, tree.covering(named.start, named.end))
        if values[0].country and named.entity_id and board.entities.state_of(named.country, board.day) is None:
            # "former Prime Minister Tony Blair of the United Kingdom", now an envoy of several states
            title = values[0]
            sectors = title.sectors or named.sectors
            one.values = values = [replace(named, country=title.country, sectors=sectors, basis=title.basis)]
            if not named.country:  # known, but of no state that is known: "U.S. General ..."
                board.put(values[0], tree.covering(named.start, named.end))
        elif one.told and _is_another_states(board, named, values[0]):  # "Ruritanian rebel", once a minister elsewhere
            _say_of(board, named, values[0])
            one.values = values = [board.at[one.name]]
        else:
            one.values = values = [named]
        name_places = tree.covering(named.start, named.end)
        first = min(one.places[0], name_places[0])
        last = max(one.places[-1], name_places[-1])
        between = tree.words[min(one.places[-1], name_places[-1]) : max(one.places[0], name_places[0])]
        if "," not in between and last - first < 24:
            top = one.name if tree.heads[one.head] == one.name else one.head
            _put_phrase(board, top, range(first, last + 1), values)
            return
    elif parent is not None and parent is not one and tree.relations[one.head] in TITLES:
        start, end = tree.tokens[one.places[0]].start, tree.tokens[one.places[-1]].end
        board.at.setdefault(one.head, replace(values[0], start=start, end=end))
        return
    _put_phrase(board, one.head, one.places, values)


def _say_of(board: Board, named: Mention, title: Mention) -> None:
    """Give somebody the state and sectors of a title wherever the article names them."""
    told = {"country": title.country, "sectors": title.sectors, "basis": title.basis}
    for key, group in board.mentions.items():
        if group[0].entity_id == named.entity_id:
            board.mentions[key] = tuple(replace(one, **told) for one in group)  # type: ignore[arg-type]
    for place, one in board.at.items():
        if one.entity_id == named.entity_id:
            board.at[place] = replace(one, **told)  # type: ignore[arg-type]


def _is_another_states(board: Board, named: Mention, title: Mention) -> bool:
    """Whether words give somebody known, who holds no office on the day, a title of another state than the data."""
    if not (named.entity_id and title.country and title.sectors) or title.country == named.country:
        return False
    person = board.entities.person_of(named.entity_id)
    if person is None or person.held_on(board.day) is not None:
        return False
    return all(board.entities.state_of(code, board.day) is not None for code in (title.country, named.country))


def _put_phrase(board: Board, top: int, within: range, values: list[Mention]) -> None:
    span = board.tree.phrase(top, within)
    name = board.article.text[span.start : span.end]
    mentions = tuple(replace(value, start=span.start, end=span.end, name=value.name or name) for value in values)
    if (span.start, span.end) not in board.mentions or any(value.country or value.entity_id for value in values):
        board.mentions[span.start, span.end] = mentions
    for place in within:
        known = board.at.setdefault(place, mentions[0])
        # the body's name, which the data does not know but the words explain: "Russian Foreign Ministry"
        if (
            known.kind == "ORG"
            and mentions[0].kind == "ORG"
            and not (known.country or known.entity_id or known.sectors)
        ):
            value = mentions[0]
            if value.country or value.sectors:
                filled = replace(known, country=value.country, sectors=value.sectors, basis=value.basis)
                places = board.tree.covering(known.start, known.end)
                if (known.start, known.end) == (span.start, span.end):
                    filled = value
                board.put(filled, places)
