"""Whether an event happened: the network's judgement, corrected where grammar leaves no doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from turnstone.records import Proposal, Status, Token

# what has taken place
DONE: frozenset[Status] = frozenset({"happened", "historical"})
_NEGATIONS = frozenset({"not", "never", "n't", "n’t", "no", "neither", "without"})
# of these the words themselves are the event, and they have been said
_SAID = frozenset({"THREATEN", "REJECT"})
_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_DENIALS = frozenset({"deny", "refute"})
_PLANS = frozenset({"plan", "schedule"})
_PHASES = frozenset({"begin", "continue", "keep", "resume", "start"})
_MODALS = frozenset({"would", "could", "might", "may", "should"})
_SHARED = _MODALS | {"will", "shall", "can", "must"}  # lemmas


def status_of(text: str, proposal: Proposal, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> Status:
    """The status of a proposed event."""
    learned: Status = proposal.statuses[0][0]  # type: ignore[assignment]
    share = proposal.statuses[0][1]
    trigger = tokens[proposal.trigger]
    if _is_denied(proposal.trigger, tokens):
        return "negated"
    told = _finite(proposal.trigger, tokens)
    words = {
        text[tokens[k].start : tokens[k].end].lower(): tokens[k].relation
        for k in (*children[proposal.trigger], *(children[told] if told != proposal.trigger else ()))
        if tokens[k].relation in ("aux", "aux:pass", "advmod", "mark", "det", "cop", "cc")
    }
    if trigger.upos in ("VERB", "AUX"):
        if any(w in _NEGATIONS and r != "cc" for w, r in words.items()):
            return "negated"
        if learned == "happened" and words.keys() & _WILL and proposal.types[0][0] not in _SAID:
            return "future"
        if learned == "happened" and share < 0.9 and words.keys() & (_MODALS | {"if", "unless"}):
            return "hypothetical"
        if learned == "happened" and share < 0.9 and words.get("had", "").startswith("aux"):
            return "historical"
    elif learned == "happened" and words.get("no") == "det":
        return "negated"
    if learned == "future" and proposal.types[0][0] == "THREATEN":
        return "happened"
    if learned == "happened" and _is_planned(proposal.trigger, tokens, children):
        return "future"
    return learned


def told_with(
    text: str, proposal: Proposal, others: Mapping[int, Proposal], tokens: Sequence[Token],
    children: Sequence[Sequence[int]],
) -> Proposal:  # fmt: skip
    """Whose status a proposal has: its own, or that of the verb whose "will" or "may" it shares ("will put trade first
    and deepen ties"), `others` being the proposals by their triggers. A threat does not share it with a deed."""
    token = tokens[proposal.trigger]
    first = others.get(token.head)
    if first is None or token.relation != "conj" or token.upos != "VERB":
        return proposal
    own = {tokens[k].relation.split(":")[0] for k in children[proposal.trigger]}
    joined = {tokens[k].lemma for k in children[proposal.trigger] if tokens[k].relation == "cc"}
    shared = {tokens[k].lemma for k in children[token.head] if tokens[k].relation == "aux"}
    bare = text[token.start : token.end].lower() == token.lemma
    denied = not _NEGATIONS.isdisjoint(
        text[tokens[k].start : tokens[k].end].lower() for k in children[proposal.trigger]
    )
    if not bare or denied or own & {"nsubj", "aux", "mark"} or not joined <= {"and", "or"} or not shared & _SHARED:
        return proposal
    same_kind = (first.types[0][0] in _SAID) == (proposal.types[0][0] in _SAID)
    return first if same_kind else proposal


def _finite(trigger: int, tokens: Sequence[Token]) -> int:
    """The verb that has the auxiliary of a trigger: itself, or "continue" in "will continue to help"."""
    while tokens[trigger].relation == "xcomp" and tokens[tokens[trigger].head].lemma in _PHASES:
        trigger = tokens[trigger].head
    return trigger


def _is_planned(trigger: int, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> bool:
    """Whether the trigger is what is planned: "protests are planned for Friday"."""
    token = tokens[trigger]
    if token.relation != "nsubj:pass" or tokens[token.head].lemma not in _PLANS:
        return False
    return any(tokens[k].relation == "aux:pass" and tokens[k].lemma == "be" for k in children[token.head])


def _is_denied(trigger: int, tokens: Sequence[Token]) -> bool:
    """Whether the trigger stands in what somebody denies."""
    at = trigger
    while tokens[at].head >= 0:
        above = tokens[tokens[at].head]
        if above.lemma in _DENIALS and tokens[at].relation in ("ccomp", "xcomp", "advcl", "obj", "obl"):
            return True
        if tokens[at].relation not in ("xcomp", "conj", "obj", "nmod", "obl", "compound"):
            return False
        at = tokens[at].head
    return False
