"""Parts of a person's name that stand for the whole: "Nikolenko" after "Oleg Nikolenko"."""

from __future__ import annotations

from dataclasses import replace

from turnstone.records import Mention
from turnstone.resolution.board import Board, who
from turnstone.resolution.genders import Genders, title_tells


def short_names(board: Board) -> None:
    """Give single words of a person named in full anywhere in the article, and the ends of longer names, what the full
    name has."""
    text, full = board.article.text, _FullNames(board)
    persons = {text[one.start : one.end] for one in board.named() if one.kind == "PER"}
    for place, token in enumerate(board.tree.tokens):
        if token.upos != "PROPN":
            continue
        word, known = text[token.start : token.end], board.at.get(place)
        if known is not None and (known.start, known.end) != (token.start, token.end):
            continue
        whole = full.meant(place)
        if whole is None:
            continue
        if known is None:
            if board.tree.relations[place] in ("flat", "compound"):
                continue
        elif known.entity_id:
            continue
        elif known.kind != "PER":
            # a body of that name, unless the model takes the word for a person elsewhere, or a known one bears it
            as_person = known.kind == "ORG" and not known.country and word in persons
            if not as_person and not (whole.entity_id and known.kind == "ORG" and word in whole.name):
                continue
        if known is not None and known.country and not whole.country:
            continue
        basis = f"short for {text[whole.start : whole.end]}: {whole.basis}"
        board.put(replace(whole, start=token.start, end=token.end, basis=basis), range(place, place + 1))
    _tails(board)


class _FullNames:
    """The persons of a board who are named in full, by the words that may stand for them."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._genders = Genders(board)
        self._by_word: dict[str, dict[tuple[str, str], Mention]] = {}
        self._first: dict[tuple[str, str], int] = {}
        text = board.article.text
        for mention in board.named():
            words = text[mention.start : mention.end].split()
            if mention.kind != "PER" or len(words) < 2 or not _is_name(board, mention):
                continue
            key = who(mention)
            self._first.setdefault(key, mention.start)
            for word in {words[0], words[-1], " ".join(words[1:])}:
                known = self._by_word.setdefault(word, {})
                if key not in known or (mention.country and not known[key].country):
                    known[key] = mention

    def meant(self, place: int) -> Mention | None:
        """Whom a word stands for, asked in the order of the text: of several of one name by its title ("Mrs. Clinton"),
        else who was the first to be named with it."""
        tree, token = self._board.tree, self._board.tree.tokens[place]
        word = self._board.article.text[token.start : token.end]
        people = self._by_word.get(word, {})
        title = title_tells(tree.words[place - 1]) if place else None
        if title is not None:
            told = {key: self._genders.of(one) for key, one in people.items()}
            of_title = {key: people[key] for key, gender in told.items() if gender == title}
            people = of_title or {key: people[key] for key, gender in told.items() if gender is None}
            return next(iter(people.values())) if len(people) == 1 else None
        if len(people) > 1:
            named = [key for key in people if self._first[key] < token.start]
            return people[min(named, key=self._first.__getitem__)] if named else None
        return next(iter(people.values()), None)


def _tails(board: Board) -> None:
    """Give "Abu Musab" what "Sheik Abduasiz Abu Musab" has: an unknown name of several words that ends another."""
    text = board.article.text
    people = [one for one in board.named() if one.kind == "PER" and _is_name(board, one)]
    ending: dict[str, dict[str, Mention]] = {}  # the known people by what their names end with, and by name
    for one in people:
        if one.country:
            words = text[one.start : one.end]
            for space in (at for at, letter in enumerate(words) if letter == " "):
                ending.setdefault(words[space + 1 :], {})[one.name] = one
    for mention in people:
        words = text[mention.start : mention.end]
        if mention.country or mention.entity_id or " " not in words:
            continue
        longer = ending.get(words, {})
        if len(longer) == 1:
            whole = next(iter(longer.values()))
            basis = f"short for {text[whole.start : whole.end]}: {whole.basis}"
            known = replace(whole, start=mention.start, end=mention.end, basis=basis)
            board.put(known, board.tree.covering(mention.start, mention.end))


def _is_name(board: Board, mention: Mention) -> bool:
    places = board.tree.covering(mention.start, mention.end)
    return (
        bool(places)
        and all(board.at.get(place) is not None for place in places)
        and ((board.at[places[0]].start, board.at[places[0]].end) == (mention.start, mention.end))
    )
