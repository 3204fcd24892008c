"""Names that the data knows and names that the model found, merged: who from the data, unknown ones from the model."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from turnstone.knowledge.entities import Entities, Hit, Organisation, Person, State
from turnstone.knowledge.given_names import given_names
from turnstone.records import Analysis, Article, Kind, Mention, Name
from turnstone.resolution.board import Board
from turnstone.resolution.name_spans import cut_names, whole_names
from turnstone.resolution.surnames import Surnames, has_article, without_initials
from turnstone.resolution.trees import NOMINAL, Tree, listed

_LOCATIVE = frozenset(("in", "near", "at", "around", "outside", "across", "throughout", "inside"))
_MODIFIES = frozenset(("amod", "compound", "nmod:desc", "nmod", "flat", "nmod:unmarked"))
_DIRECTIONS = listed(
    "north south east west northern southern eastern western central upper lower northeastern northwestern "
    "southeastern southwestern mainland occupied rural"
)
_CONTINENTS = listed("north central south")  # with "America"
_WORKS = listed("resolution resolutions report summit meeting charter statement declaration headquarters troops forces")
# bodies with these words in their names are not those of the state they end with
_ABROAD = listed("friends international united nations european african embassy mission contact support doctors")
STATE_NAME = "name of a state"
# "Republic of", before the name of any state
_STYLE = re.compile(r"\b(?:Republic|Kingdom|Sultanate|Principality) of (?:the )?\Z")

# what a body does, by a word of its name
_BODIES = {
    "department": ("GOV",), "ministry": ("GOV",), "government": ("GOV",), "agency": ("GOV",), "bureau": ("GOV",),
    "commission": ("GOV",), "council": ("GOV",), "authority": ("GOV",), "administration": ("GOV",), "court": ("JUD",),
    "tribunal": ("JUD",), "parliament": ("LEG",), "senate": ("LEG",), "assembly": ("LEG",), "congress": ("LEG",),
    "police": ("COP",), "army": ("MIL",), "navy": ("MIL",), "forces": ("MIL",), "guard": ("MIL",), "party": ("PTY",),
    "university": ("EDU",), "airlines": ("BUS",), "bank": ("BUS",),
}  # fmt: skip


def find_names(article: Article, analysis: Analysis, entities: Entities) -> Board:
    """A board with every name on it."""
    board = Board(article, Tree(article.text, analysis), entities)
    text = article.text
    hits = entities.find(text)
    found = cut_names(text, whole_names(text, analysis.names), hits, entities)
    surnames = Surnames(board, hits, found)
    kinds = {(name.start, name.end): name.kind for name in found}
    longer = {place: name for name in found for place in board.tree.covering(name.start, name.end)}
    covered: set[int] = set()
    founders: dict[int, Mention] = {}
    for hit in hits:
        places = board.tree.covering(hit.start, hit.end)
        around = longer.get(places[0]) if places else None
        if around is not None and not _holds(around, hit):
            around = None
        if around is not None and around.kind == "LOC" and _directed(text, around, hit):
            state = entities.state(hit.name, board.day, "state")
            if state is not None:
                start, end, name = around.start, around.end, text[around.start : around.end]
                whole = board.tree.covering(start, end)
                board.put(Mention(start, end, "LOC", "", name, state[0].code, (), f"part of {state[0].name}"), whole)
                covered.update(whole)
                continue
        if _note_adjective(board, hit, around, surnames):
            continue
        if around is not None and _is_longer_name(text, around, hit):
            continue
        if around is not None and not (" " in hit.name and entities.named(hit.name, "person")):
            pair = entities.state(hit.name, board.day, "state", "capital")
            if around.kind == "ORG" and pair is not None:
                inner = _state_mention(board, hit, pair[0], pair[1].kind, pair[1].sectors, None)
                if inner.start <= around.start and inner.end == around.end:  # "the Republic of Argentina", no body
                    whole = board.tree.covering(inner.start, inner.end)
                    board.put(inner, whole)
                    covered.update(whole)
                    continue
                board.inner.update(dict.fromkeys(places, inner))
            elif around.kind == "ORG" and hit.start == around.start:
                body = entities.organisation(hit.name, board.day)
                if body is not None and body.country:
                    founders[around.start] = _organisation_mention(hit, body)
                elif body is None and (ruler := surnames.bearer(hit, "ORG")) is not None:
                    board.inner.update(dict.fromkeys(places, person_mention(hit.start, hit.end, ruler, board.day)))
            if not _work_of(text, around, hit):
                continue
        mention = _known(board, hit, kinds.get((hit.start, hit.end)), surnames)
        if mention is not None:
            board.put(mention, places)
            covered.update(board.tree.covering(around.start, around.end) if around is not None else places)
    for one in found:
        places = board.tree.covering(one.start, one.end)
        if covered.isdisjoint(places):
            if len(places) == 1 and places[0] in board.adjectives:  # a nationality, which is no name
                continue
            board.put(unknown(board, one.start, one.end, one.kind), places)
            if one.kind == "ORG":
                _of_state(board, places, founders.get(one.start))
    return board


def _of_state(board: Board, places: range, founder: Mention | None) -> None:
    """Give an unknown body the state or known body that its name begins with, or the state that it ends with: "United
    States Department of Justice", "Communist Party of Vietnam"."""
    whole = board.at[places[0]]
    if whole.country or whole.entity_id:
        return
    words = board.tree.words
    first = places[1] if len(places) > 1 and words[places[0]] == "the" else places[0]
    state = board.inner.get(first) or board.adjectives.get(first)
    if state is None and not any(place in board.inner for place in places):
        state = founder
    if state is None and not _ABROAD & set(words[first : places[-1] + 1]):
        last = board.inner.get(places[-1])
        if last is not None and last.basis == STATE_NAME:
            before = board.tree.covering(last.start, last.end)[0]
            before -= words[before - 1] == "the"
            state = last if before > first and words[before - 1] == "of" else None
    if state is None:
        return
    code = state.country if isinstance(state, Mention) else state.code
    sectors = next((sectors for word, sectors in _BODIES.items() if word in words[first : places[-1] + 1]), ())
    board.put(replace(whole, country=code, sectors=sectors, basis=f"a body named after {state.name}"), places)


def adjectives(board: Board) -> None:
    """Make mentions of the nationalities that no other mention tells: "Syrian" in "Syrian air strikes"."""
    told: set[int] = set()
    for mention in board.named():
        if mention.country:
            told.update(board.tree.covering(mention.start, mention.end))
    for place, state in board.adjectives.items():
        token = board.tree.tokens[place]
        if place not in told and (token.start, token.end) not in board.mentions:
            board.put(Mention(token.start, token.end, "OTHER", "", state.name, state.code, (), f"of {state.name}"))


def unknown(board: Board, start: int, end: int, kind: Kind) -> Mention:
    """A name that is not in the data letter for letter: without middle initials, spelt otherwise, or with "the", it may
    be."""
    words = board.article.text[start:end]
    if kind == "PER":
        spoken_of = {one.country for one in board.named()} | {state.code for state in board.adjectives.values()}
        spoken_of.discard("")
        person = without_initials(words, board.entities)
        person = person or board.entities.spelt_otherwise(words, spoken_of, board.day)
        if person is not None:
            return person_mention(start, end, person, board.day)
    if kind == "ORG" and (body := board.entities.organisation(f"the {words}", board.day)) is not None:
        return _organisation_mention(Hit(start, end, words), body)
    return Mention(start, end, kind, "", words, "", (), "a name the data does not know")


def _holds(around: Name, hit: Hit) -> bool:
    """Whether a known name is only part of one of the model's."""
    inside = around.start <= hit.start and hit.end <= around.end
    return inside and around.end - around.start > hit.end - hit.start


def _is_longer_name(text: str, around: Name, hit: Hit) -> bool:
    """Whether a given name stands before the known one in a name: "Michael Patrick Obi" is not Patrick Obi."""
    before = text[around.start : hit.start].split()
    return around.kind == "PER" and " " in hit.name and bool(before) and before[0] in given_names()


def _work_of(text: str, around: Name, hit: Hit) -> bool:
    """Whether the longer name is that of something the known body makes: "UN Security Council Resolution 1559"."""
    after = text[hit.end : around.end].lower().split()
    return hit.start == around.start and bool(after) and after[0] in _WORKS


def _directed(text: str, around: Name, hit: Hit) -> bool:
    """Whether a name is a part of the state that it ends with: "northern Nigeria", but not "Central America"."""
    before = text[around.start : hit.start].lower().replace("-", " ").split()
    part = hit.end == around.end and bool(before) and all(word in _DIRECTIONS for word in before)
    return part and not (hit.name == "America" and before[-1] in _CONTINENTS)


def _note_adjective(board: Board, hit: Hit, around: Name | None, surnames: Surnames) -> bool:
    """Whether the hit is a nationality that describes another word, or the people of a state, or neither, as somebody
    in the text has it as a surname ("Cuban" after "Mark Cuban")."""
    senses = board.entities.senses(hit.name)
    kinds = {sense.kind for sense in senses}
    if not kinds & {"adjective", "people"} or (around is not None and around.kind == "PER"):
        return False
    places = board.tree.exactly(hit.start, hit.end)
    pair = board.entities.state(hit.name, board.day, "adjective", "people")
    if not places or pair is None:
        return "state" not in kinds
    state = pair[0]
    top = board.tree.top(places)
    token = board.tree.tokens[top]
    modifies = token.relation in _MODIFIES and board.tree.heads[top] > top
    if token.relation == "conj" and token.upos == "ADJ" and board.tree.heads[top] in board.adjectives:
        modifies = True
    if "state" in kinds and not modifies and token.upos != "ADJ":
        return False
    if (
        hit.name in surnames.strangers
        and token.upos == "PROPN"
        and not modifies
        and places[0]
        and not has_article(board, top)
    ):
        return True
    if "adjective" in kinds and (modifies or (token.upos == "ADJ" and "people" not in kinds)):
        board.adjectives[places[-1]] = board.adjectives[top] = state
        return "state" not in kinds
    if token.upos in NOMINAL or ("people" in kinds and not modifies):
        start = hit.start
        if places[0] and board.tree.words[places[0] - 1] == "the":
            start = board.tree.tokens[places[0] - 1].start
        mention = Mention(start, hit.end, "OTHER", "", hit.name, state.code, (), f"people of {state.name}")
        if token.upos in NOMINAL | {"ADJ"}:
            board.put(mention, places)
    return True


def _known(board: Board, hit: Hit, model: str | None, surnames: Surnames) -> Mention | None:
    entities, day = board.entities, board.day
    senses = {sense.kind: sense for sense in entities.senses(hit.name)}
    single = " " not in hit.name
    places = board.tree.covering(hit.start, hit.end)
    token = board.tree.tokens[places[-1]] if places else None
    if "person" in senses and (not single or model == "PER"):
        person = entities.person(hit.name, day, surnames.introduced)
        if person is not None:
            return person_mention(hit.start, hit.end, person, day)
    if not (model == "PER" and "surname" in senses):
        pair = entities.state(hit.name, day, "state", "capital", "seat")
        if pair is not None and not (model == "PER" and single and hit.name in surnames.strangers):
            return _state_mention(board, hit, pair[0], pair[1].kind, pair[1].sectors, model)
        organisation = entities.organisation(hit.name, day)
        if organisation is not None and _of_another(board, places, organisation):
            organisation = None
        if organisation is not None and (
            model in ("ORG", "LOC")
            or not single
            or token is None
            or token.upos == "PROPN"
            or hit.name.isupper()
            or (token.upos == "ADJ" and organisation.sectors[:1] == ("REB",))  # "Houthi officials"
        ):
            return _organisation_mention(hit, organisation)
    if "surname" in senses or "person" in senses:
        person = surnames.bearer(hit, model)
        if person is not None:
            return person_mention(hit.start, hit.end, person, day)
    return None


def _of_another(board: Board, places: range, organisation: Organisation) -> bool:
    """Whether the word before says that another state's body of that name is meant: "the Nigerian Senate"."""
    before = places[0] - 1 if places else -1
    if before >= 0 and board.tree.words[before] in ("'s", "’s"):
        known = board.at.get(before - 1)
        code = known.country if known is not None and known.kind == "GPE" else ""
    else:
        state = board.adjectives.get(before)
        code = state.code if state is not None else ""
    own = board.entities.state_of(organisation.country, board.day)
    return bool(code) and own is not None and organisation.country != code


def person_mention(start: int, end: int, person: Person, day: date) -> Mention:
    """A mention of a known person with what they are on the day."""
    standing = person.on(day)
    return Mention(start, end, "PER", person.id, person.name, standing.country, standing.sectors, standing.basis)


def _state_mention(
    board: Board, hit: Hit, state: State, kind: str, sectors: tuple[str, ...], model: str | None
) -> Mention:
    if kind == "state":
        style = _STYLE.search(board.article.text, 0, hit.start)
        start = style.start() if style is not None else hit.start
        return Mention(start, hit.end, "GPE", state.id, state.name, state.code, state.sectors, STATE_NAME)
    if kind == "seat":
        shown = "LOC" if model == "LOC" else "ORG"
        basis = f"a seat of power of {state.name}"
        return Mention(hit.start, hit.end, shown, state.id, hit.name, state.code, sectors, basis)  # type: ignore[arg-type]
    places = board.tree.covering(hit.start, hit.end)
    where = bool(places) and bool(board.tree.cases(board.tree.top(places)) & _LOCATIVE)
    basis = f"capital of {state.name}, as a place" if where else f"capital of {state.name}, for its government"
    return Mention(hit.start, hit.end, "GPE", state.id, hit.name, state.code, () if where else sectors, basis)


def _organisation_mention(hit: Hit, organisation: Organisation) -> Mention:
    return Mention(
        hit.start,
        hit.end,
        "ORG",
        organisation.id,
        organisation.name,
        organisation.country,
        organisation.sectors,
        f"known organisation{f' ({organisation.kind})' if organisation.kind else ''}",
    )
