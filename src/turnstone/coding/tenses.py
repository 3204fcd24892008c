"""What the form of a verb says of when its deed was, against what else the article tells."""

from __future__ import annotations

from collections.abc import Sequence

from turnstone.records import Token

_VERBS = frozenset({"VERB", "AUX"})
_HELPS = frozenset({"aux", "aux:pass", "mark", "cop"})
_HAVE = frozenset({"has", "have", "'ve", "’ve"})
_MODALS = frozenset("will 'll ’ll wo would 'd ’d could may might should shall must can ca".split())
_BE = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re"})
_WAS = frozenset({"was", "were"})
_HIGHEST = 3  # heads above a noun


def tense_of(word: int, text: str, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> str:
    """In a word or two, the tense of a verb, or of the nearest one above a noun ("noun past")."""
    verb = word
    for _ in range(_HIGHEST):
        if tokens[verb].upos in _VERBS or tokens[verb].head < 0:
            break
        verb = tokens[verb].head
    tense = _tense(verb, text, tokens, children)
    return tense if verb == word else f"noun {tense}"


def _tense(verb: int, text: str, tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> str:
    token = tokens[verb]
    if token.upos not in _VERBS:
        return "none"
    helps = {text[tokens[k].start : tokens[k].end].lower() for k in children[verb] if tokens[k].relation in _HELPS}
    form = text[token.start : token.end].lower()
    if "had" in helps:
        return "had"
    if helps & _HAVE:
        return "has"
    if helps & _MODALS:
        return "modal"
    if "to" in helps:
        return "to"
    if form.endswith("ing"):
        return "ing"
    if "did" in helps or form in _WAS:
        return "past"
    if helps & _BE or form == token.lemma or form.endswith("s"):
        return "present"
    return "past passive" if helps & _WAS else "past"
