"""Who may take part in the events of a sentence, and who does: its phrases, and their roles for each trigger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.event_model import EventModel
from turnstone.analysis.graphs import Floats
from turnstone.analysis.model import WindowScores
from turnstone.analysis.role_words import Hangings
from turnstone.records import Token

Children = dict[int, list[int]]
Phrases = dict[int, tuple[int, int]]  # (first, last + 1) tokens by the head word

ROLE_LOGIT = 0.0

# how sure a role must be for words and tree not to be asked, and how much they count
DOUBT_OF_ROLE = 5.0
SAY_OF_WORDS_IN_ROLES = 0.2

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
# parts of a name or phrase that never stand for somebody on their own
_PARTS = frozenset("flat case det punct mark cc goeswith fixed nummod aux cop expl list nmod:desc advmod".split())
# words beside a noun that can take part in the event it names ("US strikes", "Iran's offer")
_MODIFIERS = frozenset("amod compound nmod:poss".split())
# what an adjective, determiner or number can be when it stands for somebody ("the two", "many", "Iranian")
_ADJECTIVAL = frozenset({"ADJ", "DET", "NUM"})
_STANDING = frozenset("nsubj nsubj:pass obj iobj obl conj amod".split())
# parts after a noun that are told about it rather than name it
_LOOSE = frozenset(
    "acl acl:relcl advcl parataxis appos conj punct cc list discourse dep case cop aux nsubj mark obl obj ccomp xcomp "
    "dislocated orphan".split()
)
_AFTERTHOUGHTS = frozenset(("acl:relcl", "acl", "parataxis", "punct"))

WAYS = (
    "", "nsubj", "nsubj:pass", "obl:agent", "obj", "iobj", "nmod:poss", "compound", "amod",
    "subject of another", "pronoun as subject", "in a clause below", "elsewhere", "elsewhere of an active verb",
)  # fmt: skip
"""How a phrase can hang on a trigger, as the model of roles knows it by number: the relation where it hangs on the
trigger itself, and else: the subject of another verb; "he" as the subject, where the network looks past it to the name
that it stands for; within a clause below the trigger, or beside it as what somebody says there; elsewhere."""
_NUMBER = {way: number for number, way in enumerate(WAYS)}
_NO_WAY = ""
_OTHERS_SUBJECT, _PRONOUN_SUBJECT, _IN_OTHER_CLAUSE, _ELSEWHERE, _ELSEWHERE_OF_ACTIVE = WAYS[9:]
_RELATIVE = frozenset(("who", "which", "that", "whom"))
HOPELESS = -9.0  # a phrase to which the network gives no more in either role is nobody
_CARRIED = frozenset("obj xcomp nsubj:pass compound conj obl nmod".split())
_CLAUSES = frozenset("xcomp ccomp advcl acl parataxis csubj".split())


@dataclass(frozen=True)
class Sentence:
    """A sentence [first, last) of an article's words with what the network gave its S words: scores of triggers [S], of
    actors and recipients [S, S] and their vectors [S, 416]; `children` are the words below each word of it."""

    words: Sequence[str]
    tokens: Sequence[Token]
    first: int
    last: int
    children: Children
    trigger: Floats
    actor: Floats
    recipient: Floats
    meaning: Floats


def sentence_of(
    scores: WindowScores, words: Sequence[str], tokens: Sequence[Token], offset: int, first: int, last: int
) -> Sentence:
    """The sentence [first, last) of a window whose words begin at token `offset`."""
    own = slice(first - offset, last - offset)
    return Sentence(
        words, tokens, first, last, children_of(tokens, first, last),
        scores.trigger[own], scores.actor[own, own], scores.recipient[own, own], scores.meaning[own],
    )  # fmt: skip


def children_of(tokens: Sequence[Token], first: int, last: int) -> Children:
    """The words below each word of the sentence [first, last)."""
    found: Children = {i: [] for i in range(first, last)}
    for i in range(first, last):
        if tokens[i].head in found:
            found[tokens[i].head].append(i)
    return found


def phrases_of(
    tokens: Sequence[Token], first: int, last: int, children: Children, names: Sequence[tuple[int, int]]
) -> Phrases:
    """The phrases of a sentence that may take part in an event, by their head words. A name is one phrase, whatever the
    tree makes of its words."""
    found: Phrases = {}
    of_name = {i: name for name in names for i in range(*name)}
    for i in range(first, last):
        token = tokens[i]
        name = of_name.get(i)
        if name is not None:
            if i != _top(name, tokens):
                continue
        elif token.upos not in _NOMINAL or token.relation in _PARTS:
            continue
        elif token.upos in _ADJECTIVAL and token.relation not in _STANDING:
            continue
        elif token.lemma in _RELATIVE and token.head >= 0 and tokens[token.head].relation == "acl:relcl":
            continue  # its noun stands for it
        start, end = phrase(i, tokens, children)
        found[i] = (start, end) if name is None else (min(start, name[0]), max(end, name[1]))
    return found


def _top(name: tuple[int, int], tokens: Sequence[Token]) -> int:
    """The first word of a name whose head lies outside it."""
    return next((i for i in range(*name) if not name[0] <= tokens[i].head < name[1]), name[0])


def role_logits(
    model: EventModel, sentence: Sentence, triggers: Sequence[int], phrases: Phrases
) -> tuple[Floats, NDArray[np.int64]]:
    """Logits [T, P, 2] that each phrase acts, and that it receives, in the event of each trigger, and how it hangs on
    that [T, P]: the number in WAYS, or -1 where it cannot take part and its logits mean nothing."""
    first, tokens = sentence.first, sentence.tokens
    places = np.array(triggers, np.int64) - first
    of_roles = (sentence.actor[places], sentence.recipient[places])
    given = np.stack([_phrase_scores(of_role, first, phrases) for of_role in of_roles], -1)
    ways = _ways(given, tokens, triggers, sentence.children, phrases)
    heads = np.array(list(phrases), np.int64) - first
    roles = model.roles(sentence.meaning, places, heads, inside(phrases.values(), sentence), ways, given)
    hangings = Hangings(sentence.words, tokens, first, sentence.last, sentence.children)
    return _with_words(model, roles, ways, triggers, phrases, hangings), ways


def cast(roles: Floats, ways: Sequence[int], tokens: Sequence[Token], phrases: Phrases) -> tuple[list[int], list[int]]:
    """The heads of the phrases that act in the event of a trigger, and of those that receive, by logits [P, 2]."""
    actors, recipients = _roles(roles, ways, tokens, phrases)
    return (
        sorted(h for h, score in actors.items() if score >= recipients.get(h, score)),
        sorted(h for h, score in recipients.items() if score > actors.get(h, -np.inf)),
    )


def _phrase_scores(logits: Floats, first: int, phrases: Phrases) -> Floats:
    """What each phrase scores in a role for each trigger [T, P]: its words on average, or its head where that is more.

    `logits` [T, W] are those of the words of the sentence, which begins at token `first`.
    """
    heads = np.array(list(phrases), np.int64) - first
    starts, ends = np.array(list(phrases.values()), np.int64).reshape(-1, 2).T - first
    upto = np.cumsum(logits, 1, dtype=np.float64)
    upto = np.concatenate([np.zeros_like(upto[:, :1]), upto], 1)
    average = (upto[:, ends] - upto[:, starts]) / (ends - starts)
    return np.maximum(average, logits[:, heads]).astype(np.float32)


def inside(spans: Collection[tuple[int, int]], sentence: Sentence) -> Floats:
    """Which words of the sentence each span holds, 1 or 0 [N, S]."""
    found = np.zeros((len(spans), sentence.last - sentence.first), np.float32)
    for row, (start, end) in zip(found, spans, strict=True):
        row[start - sentence.first : end - sentence.first] = 1
    return found


def _ways(
    scores: Floats, tokens: Sequence[Token], triggers: Sequence[int], children: Children, phrases: Phrases
) -> NDArray[np.int64]:
    """The number in WAYS of how each phrase hangs on each trigger [T, P]; -1 where it cannot take part."""
    found = np.full(scores.shape[:2], -1, np.int64)
    listed = list(phrases.items())
    for n, m in np.argwhere(scores.max(2) > HOPELESS).tolist():
        trigger, (head, (start, end)) = triggers[n], listed[m]
        if start <= trigger < end or head == trigger:
            continue
        if tokens[head].relation in _MODIFIERS and tokens[head].head != trigger:
            continue
        found[n, m] = _NUMBER[_way(tokens, head, trigger, children)]
    return found


def _with_words(
    model: EventModel,
    roles: Floats,
    ways: NDArray[np.int64],
    triggers: Sequence[int],
    phrases: Phrases,
    hangings: Hangings,
) -> Floats:
    """The logits of roles [T, P, 2] with what words and tree say of those that are in doubt."""
    doubted = np.argwhere((ways >= 0) & (np.abs(roles) < DOUBT_OF_ROLE).any(2))
    if not len(doubted):
        return roles
    listed = list(phrases.items())
    rows = [hangings.rows(triggers[n], *listed[m], WAYS[ways[n, m]]) for n, m in doubted.tolist()]
    found, (n, m) = roles.copy(), doubted.T
    found[n, m] = (1 - SAY_OF_WORDS_IN_ROLES) * roles[n, m] + SAY_OF_WORDS_IN_ROLES * model.role_words(rows)
    return found


def _roles(
    scores: Floats, ways: Sequence[int], tokens: Sequence[Token], phrases: Phrases
) -> tuple[dict[int, float], dict[int, float]]:
    """The phrases that act in the event of a trigger, and those that receive, with their scores, of [P, 2]. Who stands
    in a clause below gives way to who does not."""
    found = []
    for of_role in scores.T.tolist():
        rows = [row for row in zip(phrases, of_role, ways, strict=True) if row[1] > ROLE_LOGIT and row[2] >= 0]
        nearer = [row for row in rows if row[2] != _NUMBER[_IN_OTHER_CLAUSE]]
        found.append(_outermost({head: score for head, score, _ in nearer or rows}, tokens, phrases))
    return found[0], found[1]


def _outermost(scored: dict[int, float], tokens: Sequence[Token], phrases: Phrases) -> dict[int, float]:
    """Those that are no part of another's phrase and not in apposition to one."""
    return {
        head: score
        for head, score in scored.items()
        if not any(other != head and phrases[other][0] <= head < phrases[other][1] for other in scored)
        and not (tokens[head].relation == "appos" and tokens[head].head in scored)
    }


def _way(tokens: Sequence[Token], head: int, trigger: int, children: Children) -> str:
    """How the phrase of `head` hangs on the trigger: through conjuncts, through the verb of "held talks"; or whether
    it is the subject of another verb, or stands in a clause below."""
    at = head
    while tokens[at].relation == "conj" and tokens[at].head >= 0 and tokens[tokens[at].head].upos in _NOMINAL:
        at = tokens[at].head
    above, relation = tokens[at].head, tokens[at].relation
    told_of = _relative(tokens, at, trigger)
    if told_of:
        return _told(told_of)
    if above == trigger:
        if relation == "nsubj" and at > trigger and _subjects(tokens, children[trigger], trigger - 60, trigger):
            return _OTHERS_SUBJECT
        if relation == "nsubj" and tokens[head].upos == "PRON":
            return _PRONOUN_SUBJECT
        return _told(relation)
    over = _ancestors(tokens, trigger)
    if relation == "obl:agent" and above >= 0 and above not in over and trigger not in _ancestors(tokens, above):
        return _OTHERS_SUBJECT
    if relation in ("nsubj", "obl:agent"):
        if _subjects(tokens, children[trigger], trigger - 60, trigger + 60):
            return _OTHERS_SUBJECT
        if above >= 0 and _carries(tokens, above, trigger):
            return _OTHERS_SUBJECT if _is_between(tokens, trigger) else "nsubj"
        first = _first_of(tokens, trigger)
        if first != trigger and _subjects(tokens, children[first], first - 60, first + 60):
            return _OTHERS_SUBJECT
        if tokens[trigger].upos not in ("VERB", "ADJ") and above >= 0 and _is_told_apart(tokens, trigger, above):
            return _OTHERS_SUBJECT
    clause = False
    for _ in range(len(tokens)):
        if at in over or at < 0:
            break
        clause = clause or tokens[at].relation.split(":")[0] in _CLAUSES
        at = tokens[at].head
    if clause:
        return _IN_OTHER_CLAUSE
    if at == trigger or tokens[trigger].upos not in ("VERB", "ADJ"):
        return _NO_WAY
    active = "nsubj" in _subjects(tokens, children[trigger], trigger - 60, trigger)
    return _ELSEWHERE_OF_ACTIVE if active else _ELSEWHERE


def _told(relation: str) -> str:
    """A relation to the trigger itself that says something of the roles."""
    return relation if relation in WAYS else _NO_WAY


def _relative(tokens: Sequence[Token], noun: int, trigger: int) -> str:
    """What the noun is in the relative clause that the trigger heads, by its pronoun ("the envoy, who resigned");
    nothing where it is no such clause of the noun."""
    if tokens[trigger].relation != "acl:relcl" or tokens[trigger].head != noun:
        return ""
    pronouns = (i for i in range(noun + 1, trigger) if tokens[i].head == trigger and tokens[i].lemma in _RELATIVE)
    return next((tokens[i].relation for i in pronouns), "")


def _ancestors(tokens: Sequence[Token], place: int) -> frozenset[int]:
    """A word and all above it."""
    found = set()
    while place >= 0 and place not in found:
        found.add(place)
        place = tokens[place].head
    return frozenset(found)


def _subjects(tokens: Sequence[Token], words: Sequence[int], start: int, end: int) -> list[str]:
    """The relations of the subjects among the words in [start, end)."""
    return [tokens[i].relation for i in words if start <= i < end and tokens[i].relation.startswith("nsubj")]


def _first_of(tokens: Sequence[Token], verb: int) -> int:
    """The first of the verbs that "and" joins, whose subject the others share."""
    while tokens[verb].relation == "conj" and tokens[tokens[verb].head].upos in ("VERB", "AUX", "ADJ"):
        verb = tokens[verb].head
    return verb


def _carries(tokens: Sequence[Token], verb: int, trigger: int) -> bool:
    """Whether the trigger is what the verb's subject does: "hold a round of talks", "agreed to meet", "said during a
    meeting"."""
    at = trigger
    for _ in range(3):
        if tokens[at].relation.split(":")[0] not in _CARRIED or tokens[at].head < 0:
            return False
        at = tokens[at].head
        if at == verb:
            return True
    return False


def _is_between(tokens: Sequence[Token], noun: int) -> bool:
    """Whether a noun says whose it is: "the meeting between A and B"."""
    near = range(noun + 1, min(len(tokens), noun + 12))
    return any(
        tokens[i].lemma.lower() == "between" and tokens[i].relation == "case" and tokens[tokens[i].head].head == noun
        for i in near
    )


def _is_told_apart(tokens: Sequence[Token], noun: int, verb: int) -> bool:
    """Whether a noun stands in a relative or reported clause below the verb: "discussed a plan which has a call"."""
    at = noun
    for _ in range(len(tokens)):
        if at == verb or at < 0:
            return False
        if tokens[at].relation in ("acl:relcl", "ccomp") and at != noun:
            return verb in _ancestors(tokens, at)
        at = tokens[at].head
    return False


def phrase(head: int, tokens: Sequence[Token], children: Children) -> tuple[int, int]:
    """The noun phrase around `head` as (first, last + 1) tokens, without clauses, conjuncts and apposition."""
    own = {head}
    pending = list(children[head])
    while pending:
        i = pending.pop()
        relation = tokens[i].relation
        if i in own or (relation in _AFTERTHOUGHTS and i > head):
            continue
        if tokens[i].head == head and (
            relation in _LOOSE or (relation.startswith("nmod") and i > head and not _close(i, tokens))
        ):
            continue
        own.add(i)
        pending.extend(children[i])
    start = end = head
    while start - 1 in own or (start - 2 in own and tokens[start - 1].upos == "PUNCT"):
        start -= 1
    while end + 1 in own or (end + 2 in own and tokens[end + 1].upos == "PUNCT"):
        end += 1
    return start, end + 1


def _close(i: int, tokens: Sequence[Token]) -> bool:
    """Whether a noun after its head names it (of ..., in ..., possessive) rather than adds circumstance."""
    cases = [k for k in range(max(0, i - 6), i) if tokens[k].head == i and tokens[k].relation == "case"]
    return not cases or tokens[cases[0]].lemma in ("of", "for", "from", "in", "to", "against")
