"""Titles and descriptions: "Russian Prime Minister Mikhail Mishustin", "Israeli troops", "the foreign minister"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from turnstone.knowledge.entities import Noun
from turnstone.knowledge.entity_records import SPECIAL_CODES
from turnstone.records import Kind, Mention
from turnstone.resolution.board import Board
from turnstone.resolution.names import person_mention
from turnstone.resolution.titles import TITLES, Description, name_of, recognise
from turnstone.resolution.trees import NOMINAL, listed

_OBJECTS = frozenset(("obj", "iobj", "nsubj:pass"))
_CONTENT = frozenset(("amod", "compound", "nmod", "nmod:poss", "nmod:desc", "nummod", "acl", "flat"))
_HARMLESS = listed("new current same national federal central interim transitional whole entire acting own local riot")
# they speak or act for the body they belong to
SPOKEN_FOR = listed(
    "spokesman spokeswoman spokesperson official representative chief head leader source adviser advisor member "
    "employee aide director chairman chairwoman ceo delegation"
)
# they belong to a person, and are of that person's country
_OF_PERSON = listed(
    "supporter loyalist follower relative family ally backer aide adviser lawyer bodyguard force troops fighter "
    "militia militiaman faction soldier army government administration regime opponent critic sympathiser sympathizer "
    "official cabinet attorney"
)
_SERVES = frozenset(("adviser", "advisor", "aide", "assistant"))
_LOYAL = frozenset(("loyal", "allied", "faithful", "aligned", "opposed", "close", "belonging", "affiliated"))
# abroad by trade: "troops in Mali" are not Mali's
_ABROAD = frozenset(
    ("ambassador", "envoy", "diplomat", "embassy", "consul", "consulate", "mission", "refugee", "tourist")
)
_FIRMS = frozenset(
    ("company", "firm", "corporation", "group", "organisation", "organization", "bloc", "agency", "alliance", "party",
     "movement")
)  # fmt: skip
# whom these can mean, by sectors or code; the others mean any body
_MEANT = {
    "company": {"BUS", "MNC"}, "firm": {"BUS", "MNC"}, "corporation": {"BUS", "MNC"}, "bloc": {"IGO", "EUR"},
    "alliance": {"IGO", "EUR", "PTY", "REB"}, "party": {"PTY"}, "movement": {"PTY", "REB", "OPP", "SOC"},
}  # fmt: skip
# what they are accused "of" is no part of who is
_OF_DEEDS = listed("accuse suspect convict acquit clear strip remind assure warn inform notify rob deprive")
_LEADER = frozenset(("leader", "strongman", "ruler"))
_WITH_PERSON = listed("associate aide ally relative supporter follower loyalist adviser advisor bodyguard companion")
# bodies a state has one of: alone, they are those of the only state spoken of
_STATE_BODY = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))


def find_descriptions(board: Board) -> list[Description]:
    """Put every title and agent noun on the board and return them in the order of the text."""
    found = recognise(board)
    by_token = {place: one for one in found for place in one.places}
    for one in found:
        one.name = name_of(board, one, by_token)
    for one in found:
        _resolve(board, one, by_token)
    for one in found:
        if not one.values:
            _from_context(board, one, found)
        _write(board, one, by_token)
    return found


def _resolve(board: Board, one: Description, by_token: dict[int, Description]) -> None:
    """Find whose the description is from the words that depend on it."""
    if one.values or one.resolving:
        return
    one.resolving = True
    countries: list[tuple[str, str, str]] = []  # code, name of the state or body, the words
    bodies: set[str] = set()
    sectors: tuple[str, ...] = ()
    strength = 9
    tree = board.tree
    for place in _modifiers(board, one):
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
    own_sectors = one.noun.sectors
    if one.noun.singular.split()[-1] in SPOKEN_FOR and sectors:
        own_sectors = sectors
    shown = _former(one.noun) if one.former and one.noun.human else own_sectors
    for code, _, words in countries:
        basis = f"{words!r} with {'former ' if one.former else ''}{one.noun.singular!r}"
        one.values.append(Mention(0, 0, _kind(one), "", "", code, shown, basis))
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
        one.values.append(Mention(0, 0, _kind(one), "", "", "", shown, f"{one.noun.singular!r} of a known body"))
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


def _modifiers(board: Board, one: Description) -> list[int]:
    """The words that may say whose: the description's own, those of the noun or name it is part of, and what is
    coordinated with them."""
    tree, found = board.tree, []
    for place in one.places:
        found += [child for child in tree.children[place] if child not in one.places]
        for child in tree.children[place]:
            if tree.words[child] in _LOYAL:  # "troops loyal to the president"
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
    if tree.words[tree.heads[place]] in _LOYAL:
        title = by_token.get(place)
        known = board.at.get(place if title is None or title.name < 0 else title.name)
        if known is None and title is not None:  # "belonging to a Ruritanian group"
            _resolve(board, title, by_token)
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
        elif cases & {"in", "at"} and "MIL" not in one.noun.sectors and one.noun.singular.split()[-1] not in _ABROAD:
            rank = 2
        else:
            return []
    elif relation in ("compound", "nmod:poss", "amod", "nmod:desc"):
        rank = 0 if relation != "nmod:poss" or place < one.head else 9
    else:
        return []
    inner = by_token.get(place)
    if inner is not None and inner is not one:
        _resolve(board, inner, by_token)
        body = inner.values[0] if inner.values else None
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
        mine = one.noun.singular.split()[-1] in _OF_PERSON
        return [(rank, known.country, known.name, words, ())] if mine else []
    if known.kind == "ORG" and tree.tokens[place].upos in NOMINAL and "GOV" not in known.sectors:
        if rank == 2:
            return []
        return [(rank, known.country, known.name, words, known.sectors)]
    return [(rank, known.country, known.name, words, ())]


def _kind(one: Description) -> Kind:
    if not one.noun.human:
        return "ORG"
    collective = one.noun.plural
    return "OTHER" if collective else "PER"


def _definite(board: Board, one: Description) -> bool:
    """Whether the words mean a certain one: with "the" or a possessive, or none ("Russian president says")."""
    return not _articles(board, one) & {"a", "an", "any", "some", "another", "one", "every", "each", "no"}


def _articles(board: Board, one: Description) -> set[str]:
    tree = board.tree
    return {
        tree.words[child]
        for place in one.places
        for child in tree.children[place]
        if tree.relations[child] in ("det", "nummod") and child < one.places[0]
    }


def _from_context(board: Board, one: Description, found: list[Description]) -> None:
    """What "the foreign minister" or "the government" alone can mean."""
    noun, start = one.noun, board.tree.tokens[one.places[0]].start
    shown = _former(noun) if one.former and noun.human else noun.sectors
    if noun.singular.split()[-1] in SPOKEN_FOR and not noun.title and _has_body(board, one):
        shown = ()  # of a body that is not known
    bare = Mention(0, 0, _kind(one), "", "", "", shown, f"{noun.singular!r}, nobody says whose")
    one.values = [bare]
    beside = _beside(board, one)
    if beside is not None:
        basis = f"named together with {beside.name or beside.country}"
        one.values = [replace(bare, country=beside.country, basis=basis)]
        return
    council = _capitalised(board, one)
    if council is not None:
        one.values = [council]
        return
    definite = "the" in _articles(board, one)
    if one.pronoun >= 0 or one.former or (one.name >= 0 and not definite):
        return
    if not _bare(board, one):
        return
    if definite and not noun.plural and one.name < 0:
        earlier = _introduced(board, one, found, start)
        if len(earlier) == 1:
            one.values = [replace(earlier[0], basis=f"the {noun.singular} spoken of before: {earlier[0].basis}")]
            return
        if earlier:
            return
        if noun.singular in _FIRMS:
            described = {place for other in found for place in other.places}
            bodies = {
                (known.entity_id, known.name): known
                for known in board.named()
                if known.kind == "ORG"
                and known.end <= start
                and not {"GOV", "JRN"} & set(known.sectors)
                and described.isdisjoint(board.tree.covering(known.start, known.end))
            }
            kinds = _MEANT.get(noun.singular)
            if kinds is not None:
                fitting = {
                    key: body
                    for key, body in bodies.items()
                    if kinds & {*body.sectors, body.country} or ("BUS" in kinds and not body.entity_id)
                }
                bodies = fitting or ({} if noun.singular in ("party", "movement") else bodies)
            if len(bodies) == 1:
                body = next(iter(bodies.values()))
                one.values = [replace(body, basis=f"the only organisation named before: {body.name}")]
            return
    if not ((definite and set(noun.sectors[:1]) & _STATE_BODY) or noun.sectors[:1] == ("COP",)):
        return
    states = {known.country for known in board.named() if known.kind in ("GPE", "LOC") and known.end <= start}
    states |= {state.code for place, state in board.adjectives.items() if place < one.places[0]}
    states.discard("")
    if len(states) != 1:
        return
    code = states.pop()
    basis = f"the only state named before is {code}"
    one.values = [replace(bare, country=code, basis=basis)]
    office = board.entities.office(code, noun.singular) if noun.title and one.holder and one.name < 0 else None
    holder = board.entities.holder(office.id, board.day) if office is not None else None
    if holder is not None:
        person = person_mention(0, 0, holder, board.day)
        one.values = [replace(person, basis=f"{basis}; {person.basis}")]


def _beside(board: Board, one: Description) -> Mention | None:
    """Whom "and" joins to people who are with them: "Sapt and two aides", "troops and allied tribesmen"."""
    tree = board.tree
    if tree.relations[one.head] != "conj" or one.name >= 0 or one.pronoun >= 0:
        return None
    known = board.at.get(tree.heads[one.head])
    if known is None or not known.country:
        return None
    allied = any(tree.words[child] == "allied" for child in tree.children[one.head])
    own = known.kind == "PER" and one.noun.singular.split()[-1] in _WITH_PERSON
    return known if allied or own else None


def _capitalised(board: Board, one: Description) -> Mention | None:
    """The body whose name the data has with its article, where it stands without: "a 14-0 Security Council vote"."""
    tree, head, text = board.tree, one.head, board.article.text
    if one.noun.human or head < 1 or any(not text[tree.starts[place]].isupper() for place in (head - 1, head)):
        return None
    if head > 1 and (text[tree.starts[head - 2]].isupper() or tree.words[head - 2] in ("'s", "’s")):
        return None
    start, end = tree.starts[head - 1], tree.tokens[head].end
    body = board.entities.organisation(f"the {text[start:end]}", board.day)
    if body is None:
        return None
    basis = f"known organisation ({body.kind})"
    return Mention(start, end, "ORG", body.id, body.name, body.country, body.sectors, basis)


def _former(noun: Noun) -> tuple[str, ...]:
    """Who once held an office is of the elite; once a rebel or soldier says nothing of today."""
    return () if noun.plural and noun.sectors[:1] not in (("GOV",), ("LEG",), ("JUD",)) else ("ELI",)


def _has_body(board: Board, one: Description) -> bool:
    """Whether a noun with the description says for whom somebody speaks or acts."""
    tree = board.tree
    return any(
        tree.tokens[child].upos in NOMINAL
        and (
            tree.relations[child] in ("compound", "nmod:poss")
            or (tree.relations[child] == "nmod" and bool(tree.cases(child) & {"of", "for"}))
        )
        for place in one.places
        for child in tree.children[place]
        if child not in one.places
    )


def _bare(board: Board, one: Description) -> bool:
    """Whether nothing but an article and words such as "new" or "national" stands with the noun."""
    tree = board.tree
    following = one.places[-1] + 1
    verb = tree.heads[one.head]
    accused = verb >= 0 and tree.tokens[verb].lemma.lower() in _OF_DEEDS and tree.relations[one.head] in _OBJECTS
    if tree.words[following : following + 1] == ["of"] and following not in one.places and not accused:
        return False
    return all(
        tree.words[child] in _HARMLESS
        or (accused and child > one.head and "of" in [tree.words[first] for first in tree.children[child]])
        for place in one.places
        for child in tree.children[place]
        if child not in one.places and child != one.name and tree.relations[child] in _CONTENT
    )


@lru_cache(maxsize=4096)
def _head_word(noun: Noun) -> str:
    return re.split(" (?:of|for|to) ", noun.singular)[0].split()[-1]


def _introduced(board: Board, one: Description, found: list[Description], start: int) -> list[Mention]:
    """Everybody whom the article has given this title before."""
    met: dict[tuple[str, str], Mention] = {}
    last = _head_word(one.noun)
    for other in found:
        if other is one or other.places[0] >= one.places[0] or other.former or other.noun.plural:
            continue
        same = other.noun.singular == one.noun.singular or (
            one.noun.singular == last and _head_word(other.noun) == last
        )
        if same and other.values and other.noun.human == one.noun.human:
            known = board.at.get(other.name) if other.name >= 0 else None
            meant = known or (other.values[0] if other.values[0].country or other.values[0].entity_id else None)
            if meant is not None:
                met.setdefault((meant.entity_id, meant.name), meant)
    if one.noun.title and one.noun.human:
        for known in board.named():
            person = board.entities.person_of(known.entity_id) if known.kind == "PER" and known.end <= start else None
            term = person.held_on(board.day) if person is not None else None
            if term is not None and board.entities.office(term.office.country, one.noun.singular) == term.office:
                met.setdefault((known.entity_id, known.name), known)
    return list(met.values())


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
                core = range(0)
                places = tree.covering(named.start, named.end)
                if places:
                    core = places
                board.put(named, core)
        if values[0].country and named.entity_id and board.entities.state_of(named.country, board.day) is None:
            # "former Prime Minister Tony Blair of the United Kingdom", now an envoy of several states
            title = values[0]
            sectors = title.sectors or named.sectors
            one.values = values = [replace(named, country=title.country, sectors=sectors, basis=title.basis)]
            if not named.country:  # known, but of no state that is known: "U.S. General ..."
                board.put(values[0], tree.covering(named.start, named.end))
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
