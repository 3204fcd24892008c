"""Whom a surname alone stands for: known people, and not others of their name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from turnstone.knowledge.entities import Entities, Hit, Organisation, Person, State
from turnstone.knowledge.given_names import gender_of_name
from turnstone.records import Name
from turnstone.resolution.board import Board
from turnstone.resolution.genders import title_tells
from turnstone.resolution.trees import NOMINAL, listed

# words first, surnames second: alone they name somebody only where the model says so
_ORDINARY = listed(
    "may march brown rice power major king law will bush day rose grant young church price cash case banks field "
    "long short small black white green gray justice judge bishop pope"
)
# what a ruler's surname stands before
_OF_A_RULER = listed(
    "administration government regime cabinet presidency official lawyer attorney loyalist supporter ally aide "
    "adviser force forces troops troop soldier fighter militia army"
)
# so common that alone they do not tell who is meant, once out of office
_FREQUENT = listed(
    "smith johnson brown jones williams miller davis wilson lee kim park choi li wang zhang chen liu yang singh "
    "khan sharma silva garcia martin nguyen yi ali hassan hussein ahmed mohammed abdullah tanaka suzuki rossi "
    "lopez perez"
)
# surnames of known people that are given names more often: "Charles" alone is no prime minister of Dominica
_GIVEN = listed(
    "james fernando joseph mark charles michel jean paul richard ibrahim christian pierre andrew antonio mustafa "
    "gabriel albert thomas philip khalid lawrence anthony simon stephen omar"
)


class Surnames:
    """The surnames of one article: of known people whom it names in full, and of `strangers`, whom the data does not
    know by it. `found` are the model's names."""

    def __init__(self, board: Board, hits: Sequence[Hit], found: Iterable[Name]) -> None:
        text, entities, day = board.article.text, board.entities, board.day
        self._board = board
        self._spoken_of = _spoken_of(hits, entities, day)
        self.strangers = {text[one.start : one.end].split()[-1] for one in found if self._is_stranger(one)}
        self.strangers |= _other_surnames(hits, entities)
        self.introduced = _introduced(hits, entities, day)
        """The ids of known people who are named in full."""

    def _is_stranger(self, name: Name) -> bool:
        board = self._board
        words = board.article.text[name.start : name.end]
        if name.kind != "PER" or len(words.split()) < 2 or board.entities.named(words, "person"):
            return False
        known = without_initials(words, board.entities)
        return known is None and board.entities.spelt_otherwise(words, self._spoken_of, board.day) is None

    def bearer(self, hit: Hit, model: str | None) -> Person | None:
        """The known person whom a surname means, which the model takes for a name of the kind `model` or for none; None
        where that is open."""
        board = self._board
        places = board.tree.covering(hit.start, hit.end)
        if hit.name in self.strangers:
            return None
        if _owns_officials(board, places):  # "the Obama administration" is somebody's, whatever the model calls it
            person = board.entities.person(hit.name, board.day, self.introduced)
            return person if person is not None and person.is_known_by(board.day) else None
        if model in ("ORG", "LOC"):
            return None
        if places and has_article(board, board.tree.top(places)):  # "an American Muslim" is not Mr. Muslim
            return None
        titled = _is_titled(board, places)
        if model is None:
            if not places or any(board.tree.tokens[place].upos != "PROPN" for place in places):
                return None
            top = board.tree.top(places)
            joined = any(
                board.tree.relations[child] in ("flat", "compound")
                and board.tree.tokens[child].upos == "PROPN"
                and child not in places
                for child in board.tree.children[top]
            )
            if joined or (board.tree.relations[top] in ("flat", "compound") and not titled):
                return None
            if hit.name.lower() in _ORDINARY and not titled:
                return None
        person = board.entities.person(hit.name, board.day, self.introduced)
        title = title_tells(board.tree.words[places[0] - 1]) if places and places[0] else None
        if title is not None and person is not None and gender_of_name(person.name) not in (title, None):
            others = [one for one in board.entities.named(hit.name, "surname") if gender_of_name(one.name) == title]
            person = others[0] if len(others) == 1 and others[0].is_known_by(board.day) else None
        if person is None or person.id in self.introduced:
            return person
        if hit.name.lower() in _GIVEN and not titled:
            return None
        by_surname = _leads(person, board.day) or hit.name in person.also  # is how that one is known
        if not titled and not by_surname and person.on(board.day).country not in self._spoken_of:
            return None  # a namesake, where nothing of that state is spoken of
        if person.held_on(board.day) is not None:
            return person
        former = "ELI" in person.on(board.day).sectors
        return person if former and hit.name.lower() not in _FREQUENT else None


def _introduced(hits: Iterable[Hit], entities: Entities, day: date) -> set[str]:
    """The ids of those named in full; of several with one name, who alone is of a state that the text names."""
    targets = [sense.target for hit in hits for sense in entities.senses(hit.name)]
    states = {target.code for target in targets if isinstance(target, State)}
    found = set()
    for hit in hits:
        people = entities.named(hit.name, "person") if " " in hit.name else ()
        if len(people) > 1:
            people = tuple(person for person in people if person.on(day).country in states)
        if len(people) == 1:
            found.add(people[0].id)
    return found


def _spoken_of(hits: Iterable[Hit], entities: Entities, day: date) -> set[str]:
    """The codes of the states that a text names, by their names, people, capitals, bodies or leaders."""
    targets = [sense.target for hit in hits for sense in entities.senses(hit.name)]
    states = {target.code for target in targets if isinstance(target, State)}
    states |= {target.country for target in targets if isinstance(target, Organisation) and target.country}
    people = [person for hit in hits if (person := entities.person(hit.name, day)) is not None]
    return states | {person.on(day).country for person in people if _leads(person, day)}


def _leads(person: Person, day: date) -> bool:
    """Whether somebody leads, or has led, a state or government."""
    return any(term.office.role in ("state", "government") and term.first <= day for term in person.terms)


def _other_surnames(hits: Iterable[Hit], entities: Entities) -> set[str]:
    """What the names of known people end with who are not known by it alone: then it is no other's surname."""
    found = set()
    for hit in hits:
        people = entities.named(hit.name, "person") if " " in hit.name else ()
        last = hit.name.split()[-1]
        if len(people) == 1 and people[0] not in entities.named(last) and not entities.named_otherwise(last):
            found.add(last)
    return found


def has_article(board: Board, place: int) -> bool:
    """Whether a noun has an article, as names of persons have not."""
    return any(board.tree.words[child] in ("a", "an", "the") for child in board.tree.children[place])


def _is_titled(board: Board, places: range) -> bool:
    """Whether a title stands before a name: "President Charles"."""
    if not places:
        return False
    children = board.tree.children[board.tree.top(places)]
    return any(board.tree.relations[child] == "nmod:desc" for child in children)


def _owns_officials(board: Board, places: range) -> bool:
    """Whether the name is a modifier of a government or of those who serve one: "Trump officials"."""
    if len(places) != 1 or board.tree.relations[places[0]] not in ("compound", "nmod:poss"):
        return False
    head = board.tree.heads[places[0]]
    return (
        board.tree.tokens[places[0]].upos == "PROPN"
        and board.tree.tokens[head].upos in NOMINAL
        and board.tree.tokens[head].lemma.lower() in _OF_A_RULER
        and not any(board.tree.relations[child] == "flat" for child in board.tree.children[places[0]])
    )


def without_initials(words: str, entities: Entities) -> Person | None:
    parts = words.split()
    if len(parts) < 3:
        return None
    middle = [part for part in parts[1:-1] if len(part.rstrip(".")) > 1]
    people = entities.named(" ".join([parts[0], *middle, parts[-1]]), "person") if len(middle) < len(parts) - 2 else ()
    return people[0] if len(people) == 1 else None
