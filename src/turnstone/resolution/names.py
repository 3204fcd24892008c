"""Names that the data knows and names that the model found, merged: who from the data, unknown ones from the model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from turnstone.knowledge.entities import Entities, Hit, Organisation, Person, State
from turnstone.knowledge.given_names import gender_of_name, given_names
from turnstone.records import Analysis, Article, Kind, Mention, Name
from turnstone.resolution.board import Board
from turnstone.resolution.genders import title_tells
from turnstone.resolution.name_spans import cut_names, whole_names
from turnstone.resolution.trees import NOMINAL, Tree, listed

_LOCATIVE = frozenset(("in", "near", "at", "around", "outside", "across", "throughout", "inside"))
_MODIFIES = frozenset(("amod", "compound", "nmod:desc", "nmod", "flat", "nmod:unmarked"))
_DIRECTIONS = listed(
    "north south east west northern southern eastern western central upper lower northeastern northwestern "
    "southeastern southwestern mainland occupied rural"
)
_CONTINENTS = listed("north central south")  # with "America"
_WORKS = listed("resolution resolutions report summit meeting charter statement declaration headquarters troops forces")
# words first, surnames second: alone they name somebody only where the model says so
_ORDINARY = listed(
    "may march brown rice power major king law will bush day rose grant young church price cash case banks field "
    "long short small black white green gray"
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
    strangers = {text[name.start : name.end].split()[-1] for name in found if _is_stranger(text, name, entities)}
    strangers |= _other_surnames(hits, entities)
    introduced = _introduced(hits, entities, article.published)
    spoken_of = _spoken_of(hits, entities, article.published)
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
        if _note_adjective(board, hit, around, strangers):
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
                elif (
                    body is None
                    and (ruler := _by_surname(board, hit, "ORG", introduced, strangers, spoken_of)) is not None
                ):
                    board.inner.update(dict.fromkeys(places, person_mention(hit.start, hit.end, ruler, board.day)))
            if not _work_of(text, around, hit):
                continue
        mention = _known(board, hit, kinds.get((hit.start, hit.end)), introduced, strangers, spoken_of)
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
    """A name that is not in the data letter for letter: without middle initials, or with "the", it may be."""
    words = board.article.text[start:end]
    if kind == "PER" and (person := _without_initials(words, board.entities)) is not None:
        return person_mention(start, end, person, board.day)
    if kind == "ORG" and (body := board.entities.organisation(f"the {words}", board.day)) is not None:
        return _organisation_mention(Hit(start, end, words), body)
    return Mention(start, end, kind, "", words, "", (), "a name the data does not know")


def _without_initials(words: str, entities: Entities) -> Person | None:
    parts = words.split()
    if len(parts) < 3:
        return None
    middle = [part for part in parts[1:-1] if len(part.rstrip(".")) > 1]
    people = entities.named(" ".join([parts[0], *middle, parts[-1]]), "person") if len(middle) < len(parts) - 2 else ()
    return people[0] if len(people) == 1 else None


def _is_stranger(text: str, name: Name, entities: Entities) -> bool:
    words = text[name.start : name.end]
    if name.kind != "PER" or len(words.split()) < 2:
        return False
    return not entities.named(words, "person") and _without_initials(words, entities) is None


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


def _note_adjective(board: Board, hit: Hit, around: Name | None, strangers: set[str]) -> bool:
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
    if hit.name in strangers and token.upos == "PROPN" and not modifies and places[0] and not _has_article(board, top):
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


def _has_article(board: Board, place: int) -> bool:
    return any(board.tree.words[child] in ("a", "an", "the") for child in board.tree.children[place])


def _known(
    board: Board, hit: Hit, model: str | None, introduced: set[str], strangers: set[str], spoken_of: set[str]
) -> Mention | None:
    entities, day = board.entities, board.day
    senses = {sense.kind: sense for sense in entities.senses(hit.name)}
    single = " " not in hit.name
    places = board.tree.covering(hit.start, hit.end)
    token = board.tree.tokens[places[-1]] if places else None
    if "person" in senses and (not single or model == "PER"):
        person = entities.person(hit.name, day, introduced)
        if person is not None:
            return person_mention(hit.start, hit.end, person, day)
    if not (model == "PER" and "surname" in senses):
        pair = entities.state(hit.name, day, "state", "capital", "seat")
        if pair is not None and not (model == "PER" and single and hit.name in strangers):
            return _state_mention(board, hit, pair[0], pair[1].kind, pair[1].sectors, model)
        organisation = entities.organisation(hit.name, day)
        if organisation is not None and _of_another(board, places, organisation):
            organisation = None
        if organisation is not None and (
            model in ("ORG", "LOC") or not single or token is None or token.upos == "PROPN" or hit.name.isupper()
        ):
            return _organisation_mention(hit, organisation)
    if "surname" in senses or "person" in senses:
        person = _by_surname(board, hit, model, introduced, strangers, spoken_of)
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


def _by_surname(
    board: Board, hit: Hit, model: str | None, introduced: set[str], strangers: set[str], spoken_of: set[str]
) -> Person | None:
    places = board.tree.covering(hit.start, hit.end)
    if hit.name in strangers:
        return None
    if _owns_officials(board, places):  # "the Obama administration" is somebody's, whatever the model calls it
        person = board.entities.person(hit.name, board.day, introduced)
        return person if person is not None and person.is_known_by(board.day) else None
    if model in ("ORG", "LOC"):
        return None
    if places and _has_article(board, board.tree.top(places)):  # "an American Muslim" is not Mr. Muslim
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
    person = board.entities.person(hit.name, board.day, introduced)
    title = title_tells(board.tree.words[places[0] - 1]) if places and places[0] else None
    if title is not None and person is not None and gender_of_name(person.name) not in (title, None):
        others = [one for one in board.entities.named(hit.name, "surname") if gender_of_name(one.name) == title]
        person = others[0] if len(others) == 1 and others[0].is_known_by(board.day) else None
    if person is None or person.id in introduced:
        return person
    if hit.name.lower() in _GIVEN and not titled:
        return None
    by_surname = _leads(person, board.day) or hit.name in person.also  # is how that one is known
    if not titled and not by_surname and person.on(board.day).country not in spoken_of:
        return None  # a namesake, where nothing of that state is spoken of
    if person.held_on(board.day) is not None:
        return person
    former = "ELI" in person.on(board.day).sectors
    return person if former and hit.name.lower() not in _FREQUENT else None


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
