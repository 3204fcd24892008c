"""Whose a description is, by the words that depend on it: "Israeli troops", "the foreign ministers of A and B"."""

from __future__ import annotations

from dataclasses import replace

from turnstone.knowledge.entities import Noun
from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.records import Kind, Mention
from turnstone.resolution.belonging import in_charge
from turnstone.resolution.board import Board
from turnstone.resolution.foreigners import FOREIGN, FOREIGNERS
from turnstone.resolution.names import person_mention
from turnstone.resolution.titles import TITLES, Description
from turnstone.resolution.trees import NOMINAL, listed

# they speak or act for the body they belong to
SPOKEN_FOR = listed(
    "spokesman spokeswoman spokesperson official representative chief head leader source adviser advisor member "
    "employee aide director chairman chairwoman ceo delegation"
)
# they belong to a person, and are of that person's country
_OF_PERSON = listed(
    "supporter loyalist follower relative family ally backer aide adviser advisor assistant spokesman spokeswoman "
    "spokesperson lawyer bodyguard force forces troops fighter "
    "militia militiaman faction soldier army government administration regime opponent critic sympathiser sympathizer "
    "official cabinet presidency attorney son daughter "
    "brother sister father mother cousin nephew niece"
)
_SERVES = frozenset(("adviser", "advisor", "aide", "assistant"))
LOYAL = frozenset(("loyal", "faithful", "belonging"))
_CLOSE = LOYAL | {"allied", "aligned", "opposed", "close", "affiliated"}
# abroad by trade: "troops in Mali" are not Mali's
_ABROAD = FOREIGNERS | listed("embassy consulate mission")
_LEADER = frozenset(("leader", "strongman", "ruler"))


def say_whose(board: Board, one: Description, by_token: dict[int, Description]) -> None:
    """Give a description its values from the words that depend on it; none where they do not say whose it is."""
    if one.values or one.resolving:
        return
    one.resolving = True
    countries: list[tuple[str, str, str]] = []  # code, name of the state or body, the words
    bodies: set[str] = set()
    sectors: tuple[str, ...] = ()
    strength = 9
    tree = board.tree
    body = _titled_body(board, one)
    if body is not None:
        words = board.article.text[body.start : body.end]
        countries, strength = [(body.country, body.name, words)], 0
        bodies.add(body.country)
    for place in modifiers(board, one):
        if one.pronoun < 0 and tree.tokens[place].upos == "PRON" and tree.relations[place] == "nmod:poss":
            one.pronoun = place
        for rank, code, name, words, own in _nationality(board, one, place, by_token):
            if own and not sectors:
                sectors = own
            if not code or rank > strength:
                continue
            if rank < strength:
                countries, strength = [], rank
            if own and place not in by_token:
                bodies.add(code)
            if code not in {known[0] for known in countries}:
                countries.append((code, name, words))
    led = not one.noun.human or "MIL" in one.noun.sectors  # a body, not an exile who is "Strelsau-based"
    leader = in_charge(board, one.head) if led and strength > 0 else None
    if leader is not None:
        countries = [(leader.country, leader.name, board.article.text[leader.start : leader.end])]
    own_sectors = one.noun.sectors
    if _speaks(one) and sectors:
        own_sectors = sectors
    shown = sectors_of_former(one.noun) if one.former and one.noun.human else own_sectors
    for code, _, words in countries:
        basis = f"{words!r} with {'former ' if one.former else ''}{one.noun.singular!r}"
        one.values.append(Mention(0, 0, kind_of(one), "", "", code, shown, basis))
        office = board.entities.office(code, one.noun.singular) if one.noun.title else None
        # the president of a party or company is not the state's
        if office is None or not one.noun.human or (code in bodies and code not in SPECIAL_CODES):
            continue
        if not one.former:
            one.values[-1] = replace(one.values[-1], sectors=office.sectors)
        if one.holder and one.name < 0 and _definite(board, one) and len(countries) == 1:
            holder = board.entities.holder(office.id, board.day)
            if holder is not None:
                one.values[-1] = person_mention(0, 0, holder, board.day)
    if len(countries) > 1 and one.noun.plural and one.name < 0:  # "the foreign ministers of A, B and C"
        title = one.noun.singular
        one.values = [
            value if value.name else replace(value, name=f"{title} of {words}" if strength else f"{words} {title}")
            for value, (_, _, words) in zip(one.values, countries, strict=True)
        ]
    if one.noun.singular in _LEADER and one.name < 0 and len(countries) == 1 and not bodies and _definite(board, one):
        meant = _who_leads(board, one, countries[0][0])
        if meant is not None:
            basis = f"the {one.noun.singular} spoken of before: {meant.basis}"
            one.values = [replace(meant, basis=basis)]
    if not countries and sectors and not one.former:
        one.values.append(Mention(0, 0, kind_of(one), "", "", "", shown, f"{one.noun.singular!r} of a known body"))
    one.resolving = False


def _who_leads(board: Board, one: Description, code: str) -> Mention | None:
    """The only one of a state's government whom the article has named before "the Ruritanian leader"."""
    start = board.tree.tokens[one.places[0]].start
    governing = {
        known.entity_id: known
        for known in board.named()
        if known.kind == "PER" and known.entity_id and known.country == code and known.end <= start
        and known.sectors[:1] == ("GOV",)
    }  # fmt: skip
    return next(iter(governing.values())) if len(governing) == 1 else None


def _titled_body(board: Board, one: Description) -> Mention | None:
    """The known body whose name is part of the title itself: "Red Front leader" where the data has that office."""
    known = (board.at.get(place) for place in one.places if place != one.head)
    return next((body for body in known if body is not None and body.kind == "ORG" and body.country), None)


def modifiers(board: Board, one: Description) -> list[int]:
    """The words that may say whose: the description's own, those of the noun or name it is part of, and what is
    coordinated with them."""
    tree, found = board.tree, []
    for place in one.places:
        found += [child for child in tree.children[place] if child not in one.places]
        for child in tree.children[place]:
            if tree.words[child] in _CLOSE:  # "troops loyal to the president"
                found += [other for other in tree.children[child] if tree.cases(other) & {"to", "with"}]
    place = one.head
    for _ in range(3):
        parent = tree.heads[place]
        if parent <= place or tree.relations[place] not in TITLES:
            break
        found += [child for child in tree.children[parent] if child < one.places[0] and child != place]
        if parent == one.name:  # "Colonel Ada Obi of the Ruritanian coast guard"
            found += [
                child
                for child in tree.children[parent]
                if child > parent and tree.relations[child] == "nmod" and "of" in tree.cases(child)
            ]
        place = parent
    if tree.relations[one.head] == "conj" and tree.heads[one.head] >= 0:  # "a captain and a corporal from ..."
        found += [
            child
            for child in tree.children[tree.heads[one.head]]
            if child > one.head and tree.relations[child] == "nmod" and "from" in tree.cases(child)
        ]
    found = [child for child in found if child not in one.places]
    for child in list(found):
        if child in board.adjectives or child in board.at:
            found += [other for other in tree.children[child] if tree.relations[other] == "conj"]
    return sorted(set(found))


def _nationality(
    board: Board, one: Description, place: int, by_token: dict[int, Description]
) -> list[tuple[int, str, str, str, tuple[str, ...]]]:
    """(rank, country, state's name, words, a body's sectors) for one modifier; the lower the rank the surer."""
    tree = board.tree
    relation = tree.relations[place]
    if tree.words[tree.heads[place]] in _CLOSE:
        title = by_token.get(place)
        known = board.at.get(place if title is None or title.name < 0 else title.name)
        if known is None and title is not None:  # "belonging to a Ruritanian group"
            say_whose(board, title, by_token)
            known = title.values[0] if title.values else None
        return [(1, known.country, known.name, known.name, ())] if known is not None else []
    if relation == "conj":
        relation = tree.relations[tree.heads[place]]
        cases = tree.cases(tree.heads[place]) | tree.cases(place)
    else:
        cases = tree.cases(place)
    if place in board.adjectives and relation in ("amod", "compound", "nmod:desc", "nmod", "flat", "nmod:unmarked"):
        state = board.adjectives[place]
        return [(0, state.code, state.name, board.article.text[tree.tokens[place].start : tree.tokens[place].end], ())]
    if relation == "nmod":
        if cases & {"of", "for", "from"} or ("to" in cases and one.noun.singular.split()[-1] in _SERVES):
            rank = 1
        elif cases & {"in", "at"} and not _is_foreign(board, one):
            rank = 2
        else:
            return []
    elif relation in ("compound", "nmod:poss", "amod", "nmod:desc"):
        rank = 0 if relation != "nmod:poss" or place < one.head else 9
    else:
        return []
    inner = by_token.get(place) or _within_name(board, place, by_token)
    if inner is not None and inner is not one:
        say_whose(board, inner, by_token)
        body = inner.values[0] if inner.values else None
        if body is not None and body.country in SPECIAL_CODES and inner.noun.human and not _speaks(one):
            body = replace(body, country="")  # the brother of a Red Cross spokesman is not of the Red Cross
        own = inner.noun.sectors if not inner.noun.human or body is None else body.sectors
        if body is None:
            return [(rank, "", "", inner.noun.singular, own)]
        return [(rank, body.country, "", board.tree.words[place], own)]
    known = board.inner.get(place) or board.at.get(place)
    if known is None and relation == "nmod" and rank == 1:  # "the commander of the Ruritanian display team"
        states = {
            state.code: child
            for child, state in board.adjectives.items()
            if one.head < child < place and place in (tree.heads[child], tree.heads[tree.heads[child]])
        }
        if len(states) == 1:
            child = next(iter(states.values()))
            words = board.article.text[tree.tokens[child].start : tree.tokens[child].end]
            return [(1, board.adjectives[child].code, board.adjectives[child].name, words, ())]
    if known is None:
        return []
    words = board.article.text[known.start : known.end]
    if known.kind == "PER":
        mine = one.noun.singular.split()[-1] in _OF_PERSON or one.noun.singular == "chief of staff"
        return [(rank, known.country, known.name, words, ())] if mine else []
    if known.kind == "ORG" and tree.tokens[place].upos in NOMINAL and "GOV" not in known.sectors:
        if rank == 2:
            return []
        return [(rank, known.country, known.name, words, known.sectors)]
    return [(rank, known.country, known.name, words, ())]


def _within_name(board: Board, place: int, by_token: dict[int, Description]) -> Description | None:
    """The description that an unknown body's name holds: "the head of the Border Guard Directorate of Ruritania"."""
    known = board.at.get(place)
    if known is None or known.kind != "ORG" or known.country or known.entity_id:
        return None
    within = board.tree.covering(known.start, known.end)
    return next((by_token[other] for other in within if other in by_token), None)


def _speaks(one: Description) -> bool:
    return one.noun.singular.split()[-1] in SPOKEN_FOR


def _is_foreign(board: Board, one: Description) -> bool:
    """Whether those whom a description means may be elsewhere than at home: "refugees", "foreign workers"."""
    before = {board.tree.words[child] for place in one.places for child in board.tree.children[place] if child < place}
    return "MIL" in one.noun.sectors or one.noun.singular.split()[-1] in _ABROAD or bool(before & FOREIGN)


def kind_of(one: Description) -> Kind:
    """PER for somebody, ORG for a body, OTHER for several people."""
    if not one.noun.human:
        return "ORG"
    return "OTHER" if one.noun.plural else "PER"


def _definite(board: Board, one: Description) -> bool:
    """Whether the words mean a certain one: with "the" or a possessive, or none ("Russian president says")."""
    return not articles(board, one) & {"a", "an", "any", "some", "another", "one", "every", "each", "no"}


def articles(board: Board, one: Description) -> set[str]:
    """The articles and numbers that stand before a description."""
    tree = board.tree
    return {
        tree.words[child]
        for place in one.places
        for child in tree.children[place]
        if tree.relations[child] in ("det", "nummod") and child < one.places[0]
    }


def sectors_of_former(noun: Noun) -> tuple[str, ...]:
    """Who once held an office is of the elite; once a rebel or soldier says nothing of today."""
    return () if noun.plural and noun.sectors[:1] not in (("GOV",), ("LEG",), ("JUD",)) else ("ELI",)
