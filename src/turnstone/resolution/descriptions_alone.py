"""What a description means of which no word says whose it is: "the foreign minister", "the government"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from turnstone.knowledge.entities import Noun, Person
from turnstone.records import Mention
from turnstone.resolution.board import Board
from turnstone.resolution.descriptions_whose import SPOKEN_FOR, articles, kind_of, sectors_of_former
from turnstone.resolution.names import person_mention
from turnstone.resolution.setting import is_state, only_reports
from turnstone.resolution.titles import FORMER, Description
from turnstone.resolution.trees import NOMINAL, listed

_OBJECTS = frozenset(("obj", "iobj", "nsubj:pass"))
_CONTENT = frozenset(("amod", "compound", "nmod", "nmod:poss", "nmod:desc", "nummod", "acl", "flat"))
_HARMLESS = listed("new current same national federal central interim transitional whole entire acting own local riot")
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
_WITH_PERSON = listed("associate aide ally relative supporter follower loyalist adviser advisor bodyguard companion")
# bodies a state has one of: alone, they are those of the only state spoken of
_STATE_BODY = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))


def from_context(board: Board, one: Description, found: list[Description]) -> None:
    """Give a description the values that "the foreign minister" or "the government" alone can have."""
    noun, start = one.noun, board.tree.tokens[one.places[0]].start
    shown = sectors_of_former(noun) if one.former and noun.human else noun.sectors
    if noun.singular.split()[-1] in SPOKEN_FOR and not noun.title and _has_body(board, one):
        shown = ()  # of a body that is not known
    bare = Mention(0, 0, kind_of(one), "", "", "", shown, f"{noun.singular!r}, nobody says whose")
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
    definite = "the" in articles(board, one)
    if one.former and definite and not noun.plural and one.name < 0 and one.pronoun < 0 and _bare(board, one):
        bearer = _of_that_title(board, one, found, start)
        if bearer is not None:
            one.values = [replace(bearer, basis=f"the former {noun.singular} named before: {bearer.basis}")]
        return
    if one.pronoun >= 0 or one.former or (one.name >= 0 and not definite):
        return
    if not _bare(board, one):
        return
    if (definite or _stands_as_name(board, one)) and not noun.plural and one.name < 0:
        earlier = _introduced(board, one, found, start)
        if len(earlier) == 1:
            one.values = [replace(earlier[0], basis=f"the {noun.singular} spoken of before: {earlier[0].basis}")]
            return
        if earlier:
            return
        if definite and one.holder and (bearer := _of_that_title(board, one, found, start)) is not None:
            one.values = [replace(bearer, basis=f"the {noun.singular} named before: {bearer.basis}")]
            return
        if noun.singular in _FIRMS:
            body = _only_body(board, noun, found, start)
            if body is not None:
                one.values = [replace(body, basis=f"the only organisation named before: {body.name}")]
            return
    if not ((definite and set(noun.sectors[:1]) & _STATE_BODY) or noun.sectors[:1] == ("COP",)):
        return
    states = {known.country for known in board.named() if known.kind in ("GPE", "LOC") and known.end <= start}
    states |= {state.code for place, state in board.adjectives.items() if place < one.places[0]}
    states.discard("")
    basis = "the only state named before is"
    if not states:
        known = (who for who in board.named() if who.kind in ("PER", "ORG") and who.entity_id and who.end <= start)
        states = {who.country for who in known if who.country and not only_reports(who)}
        basis = "all who are named before are of"
    if len(states) != 1 or not is_state(*states):
        return
    code = states.pop()
    basis = f"{basis} {code}"
    one.values = [replace(bare, country=code, basis=basis)]
    office = board.entities.office(code, noun.singular) if noun.title and one.holder and one.name < 0 else None
    holder = board.entities.holder(office.id, board.day) if office is not None else None
    if holder is not None:
        person = person_mention(0, 0, holder, board.day)
        one.values = [replace(person, basis=f"{basis}; {person.basis}")]


def _of_that_title(board: Board, one: Description, found: list[Description], start: int) -> Mention | None:
    """The only person named before who is, or for "the former" was, what the noun says, as the data has it; None, too,
    where somebody else is called that."""
    bearers = {}
    for known in board.named():
        person = board.entities.person_of(known.entity_id) if known.kind == "PER" and known.end <= start else None
        if person is not None and _bears(person, one, board.day):
            bearers[known.entity_id] = known
    if len(bearers) != 1:
        return None
    (identity, bearer), *_ = bearers.items()
    others = (board.at.get(other.name) for other in found if other.name >= 0 and _is_called(other, one))
    return bearer if all(other is None or other.entity_id == identity for other in others) else None


def _is_called(other: Description, one: Description) -> bool:
    return other.noun.singular == one.noun.singular and other.former == one.former


def _bears(person: Person, one: Description, day: date) -> bool:
    """Whether somebody has a title on a day, or had it before and has not."""
    wanted = one.noun.singular
    terms = [
        term
        for term in (*person.terms, *person.own)
        if term.first <= day and any(_is_title(wanted, title) for title in (term.office.title, *term.office.titles))
    ]
    now = any(term.until is None or day < term.until for term in terms)
    return bool(terms) and now != one.former


def _is_title(noun: str, title: str) -> bool:
    """Whether a noun is a title or its beginning: "governor" of "governor of Zenda"."""
    return f"{title.lower()} ".startswith((f"{noun} ", f"{noun}, "))


def _stands_as_name(board: Board, one: Description) -> bool:
    """Whether a body's noun stands as its name, without an article: "if Parliament rejects the plan"."""
    start = board.tree.starts[one.places[0]]
    body = not one.noun.human and bool(_STATE_BODY & set(one.noun.sectors[:1]))
    return body and board.article.text[start].isupper() and not articles(board, one)


def _only_body(board: Board, noun: Noun, found: list[Description], start: int) -> Mention | None:
    """The only organisation named before an offset that "the company" or "the party" can mean."""
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
    return next(iter(bodies.values())) if len(bodies) == 1 else None


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
        or (one.former and tree.words[child] in FORMER)
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
