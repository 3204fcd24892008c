"""Whether the clause around a dated expression looks back or ahead: from its words, and from the parse where given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

import regex

from turnstone.records import Token

Tense = Literal["past", "future", ""]

_WINDOW = 240
_CLIMB, _NEAR = 8, 12
_FRONTED = 3  # words a clause may have before an expression that opens it
_SENTENCE = regex.compile(r"[.!?;:]['\"”’]?\s+(?=[\p{Lu}\"“‘'])|\n|;|[\"“”]")
_ABBREVIATED = regex.compile(
    r"(?:\b\p{Lu}|\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.\s$"
)
_CLAUSE = regex.compile(
    r",\s(?:and|but|while|whereas|which|who|where|when|although|though|after|because|as)\s|\s(?:but|while|whereas"
    r"|because|although)\s",
    regex.IGNORECASE,
)
_COMMIT = "|".join(  # before "to" and a verb
    r"""about aims? agreed? asked booked called decided due expect expected expects going hopes? hoping
    intended intends? invited likely meant must obliged offered on\scourse ordered planned planning plans? pledged?
    pledges poised prepar(?:ed|ing|es?) promised? promises proposed ready scheduled set slated supposed threatened
    threatening threatens told unlikely urged vowed? vows wants?""".split()
)
_MODAL = (  # "may have fled" looks back
    r"(?:will|shall|won['’]t|['’]ll|(?:would|must|should|may|might|could|can)(?!\s(?:not\s|\w+ly\s)?have\s(?!to\b)))"
    r"(?:\s(?:also|not|now|then|\w+ly))?"
)
_PASSIVE = r"(?:\s(?:be|have)(?:\s(?:been|being))?\s\w+)?"
_FUTURE = "|".join(
    (
        _MODAL + _PASSIVE,
        r"(?:is|are|was|were|be)\sto(?:\sbe\s\w+)?",
        rf"(?:(?:(?:has|have)\s)?(?:{_COMMIT})\s(?:\w+\s)?|(?:has|have)\s)to(?=\s(?-i:\p{{Ll}}))(?:\sbe\s\w+)?",
        r"(?:set|billed|booked|called|planned)\sfor|planned\s(?=on\s|in\s)",
        r"expires?|begins|starts|resumes|ends|convenes|takes\s(?:effect|place|office)|go(?:es)?\sto\sthe\spolls",
        r"to\s\p{Ll}+(?:\s\p{Ll}+)?(?=\sby\s)|to\sbe\s\w+",
        r"due|scheduled|slated|expected|upcoming|forthcoming|beginning|starting|effective|deadline|ultimatum",
        r"plan(?=\s(?:an?|the|to)\s)|(?:called\son|urged?|urges|asked|invited|wants?)\s(?:\S+\s){1,5}to(?=\s(?-i:\p{Ll}))",
        r"in\stime\sfor|ahead\sof|run-up\sto",
        r"expects?|plans|intends?|hopes|pledges?|promises|vows|aims|wants",
    )
)
_IRREGULAR = frozenset(
    """became began blew bought broke brought built burst came caught chose did drew drove fed fell felt
    fled flew forgot fought found froze gave got grew had heard held hid hit kept knew laid led left
    lent lit lost made meant met overthrew paid ran rose said sank sat saw sent shook shot showed shut
    slept sold spent spoke stole stood struck stuck swam swept swore taught thought threw told took tore
    understood was went wept were withdrew won wore wrote""".split()
)
_PAST = "|".join((*sorted(_IRREGULAR), r"(?:has|have|['’]ve)\s(?:\w+ly\s)?(?:been|\w+ed|\w+en)", r"\p{Ll}{2,}ed"))
_ADJECTIVAL = regex.compile(
    r"\b(?:the|a|an|its|his|her|their|our|armed|this|that|these|those|of|all|two|three|more|some|and|is|are|be|being"
    r"|['’]s)\s+$",
    regex.IGNORECASE,
)
_INFINITIVE = regex.compile(r"\b(?:to|will|would|can|could|may|might|shall|should|must)\s+$", regex.IGNORECASE)
_UNTIL = regex.compile(r"\b(?:until|till)\s+$", regex.IGNORECASE)
_FROM_UNTIL = regex.compile(r"\bfrom\s[^,;.]{3,30}\s(?:until|till)\s+$", regex.IGNORECASE)
_MOVED_TO = regex.compile(
    r"\b(?:postponed|moved|delayed|put\s(?:back|off)|pushed\sback|brought\sforward|rescheduled|adjourned|extended)\b"
    r"(?:(?!\bfrom\b)[^.;]){0,30}\bto\s+$",
    regex.IGNORECASE,
)
_FOR = regex.compile(  # called a strike for Friday
    r"\b(?:call|plan|schedul|set|book|announc|order|convene|slat|fix|summon|invit)\w*\b[^.;,]{0,60}\bfor\s+$",
    regex.IGNORECASE,
)
_ENDS = regex.compile(r"[.,;]|\s*$|\s(?:in|at|and|to|over|amid|after|as|but)\b")
_LASTED = regex.compile(
    r"\b(?:was|were|had|did|lasted|continued|remained|ran|stayed|fought|served|ruled|governed)\b", regex.IGNORECASE
)
_CUE = regex.compile(rf"(?<![\p{{L}}])(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))(?!\p{{L}})", regex.IGNORECASE)
_NEXT_CLAUSE = regex.compile(r",|\sthat\s|\swho\s", regex.IGNORECASE)
_HEADLINE = regex.compile(
    r"^\W*(?:(?:\p{Lu}\S*|and|of|the|new|top|foreign|defence|prime|ministers?|presidents?|leaders?|envoys?|talks"
    r"|officials?"
    r"|troops|court|parliament|chief|army|government|king|forces|summit|election|vote|rebels|workers|union)\s){1,7}"
    r"(?<!ing\s)to\s\p{Ll}{2,}\b"
)
_NOT_ED = frozenset("need indeed united red bed wed sacred hundred speed feed breed proceed".split())
_WILL = frozenset("will shall 'll ’ll wo".split())
_PRESENT_BE = regex.compile(r"is|are|am|['’](?:s|re|m)", regex.IGNORECASE)
_DATE_WORD = regex.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|[0-9]{1,4}(?:st|nd|rd|th)?"
)
# in the present tense these tell of the calendar: "leaders meet on Saturday"
_ON_A_CALENDAR = frozenset(
    """meet visit vote open begin start resume arrive travel host address attend convene return expire head restart
    welcome brief elect choose decide fly reopen""".split()
)
# and these in the progressive: "he is leaving on Saturday"
_UNDER_WAY_TO = frozenset(
    "travell go leave come send hold take join sign appear speak stage gather move release".split()
)
_LOOKS_AHEAD = frozenset(
    "expect schedule plan intend set due slate vow pledge promise agree hope prepare likely".split()
)


def tense_at(text: str, start: int, end: int, tokens: Sequence[Token] = ()) -> Tense:
    """Whether the clause of text[start:end] lies in the past or the future, "" where nothing says so."""
    before = _before(text, start)
    parsed = _parsed(text, start, end, tokens) if tokens else ""
    if parsed == "future":
        return parsed
    if _UNTIL.search(before) and not _FROM_UNTIL.search(before):
        return "past" if _LASTED.search(before) else "future"
    if _MOVED_TO.search(before) or (_FOR.search(before) and _ENDS.match(text, end)):
        return "future"
    if parsed:
        return parsed
    cues = _cues(before)
    if cues:
        return cues[-1]
    if _HEADLINE.search(before):
        return "future"
    after = _after(text, end)
    if before.count(" ") > _FRONTED:
        after = _NEXT_CLAUSE.split(after, 1)[0]
    found = _cues(after)
    return found[0] if found else ""


def _before(text: str, start: int) -> str:
    low = max(0, start - _WINDOW)
    window = text[low:start]
    cut = 0
    for match in _SENTENCE.finditer(window):
        if not _ABBREVIATED.search(window[max(0, match.start() - 6) : match.end()]):
            cut = match.end()
    for match in _CLAUSE.finditer(window, cut):
        cut = match.end()
    return window[cut:]


def _after(text: str, end: int) -> str:
    window = text[end : end + _WINDOW]
    for match in _SENTENCE.finditer(window):
        if not _ABBREVIATED.search(window[max(0, match.start() - 6) : match.end()]):
            window = window[: match.start()]
            break
    clause = _CLAUSE.search(window)
    return window[: clause.start()] if clause else window


def _cues(words: str) -> list[Tense]:
    found: list[Tense] = []
    for match in _CUE.finditer(words):
        if match["future"] is not None:
            if match.group()[0] == "M" and match.group().casefold() == "may":  # the month
                continue
            found.append("future")
            continue
        word = match.group().casefold()
        if word in _NOT_ED or (word[:3] != "hav" and _INFINITIVE.search(words, 0, match.start())):
            continue
        if word.endswith("ed") and _ADJECTIVAL.search(words, 0, match.start()):
            continue
        found.append("past")
    return found


def _dates_directly(text: str, low: int, high: int, verb: int, tokens: Sequence[Token]) -> bool:
    """Whether tokens[low:high] hang on the verb itself, or on another date that does ("from Wednesday to Sunday")."""
    at = high - 1
    for _ in range(_CLIMB):
        at = tokens[at].head
        if at == verb:
            return True
        if at < 0 or not (low <= at < high or _DATE_WORD.fullmatch(text, tokens[at].start, tokens[at].end)):
            return False
    return False


def _bare(tokens: Sequence[Token], at: int) -> bool:
    """Whether the infinitive is all the predicate that its sentence has."""
    head = tokens[at].head
    if tokens[at].relation != "acl" or tokens[head].head >= 0:
        return tokens[at].relation == "root"
    return all(token.head != head or token.relation != "cop" for token in tokens[max(0, head - _NEAR) : head])


def _parsed(text: str, start: int, end: int, tokens: Sequence[Token]) -> Tense:
    low = bisect_left(tokens, start, key=lambda token: token.start)
    high = bisect_left(tokens, end, lo=low, key=lambda token: token.start)
    if low == high:
        return ""
    at = high - 1
    for _ in range(_CLIMB):
        if tokens[at].upos == "VERB":
            break
        at = tokens[at].head
        if not 0 <= at < len(tokens):
            return ""
    else:
        return ""
    near = tokens[max(0, at - _NEAR) : at + _NEAR]
    under = [token for token in near if token.head == at]
    auxiliaries = {token.lemma.casefold() for token in under if token.relation.startswith("aux")}
    if auxiliaries & _WILL:
        return "future"
    head = tokens[at].head
    if tokens[at].relation == "xcomp" and 0 <= head < len(tokens) and tokens[head].lemma.casefold() in _LOOKS_AHEAD:
        return "future"
    form, lemma = text[tokens[at].start : tokens[at].end].casefold(), tokens[at].lemma.casefold()
    if _dates_directly(text, low, high, at, tokens):
        scheduled = lemma in _ON_A_CALENDAR
        if form.endswith("ing") and any(_PRESENT_BE.fullmatch(text, token.start, token.end) for token in under):
            return "future" if scheduled or lemma in _UNDER_WAY_TO else ""
        marks = {token.lemma.casefold() for token in under if token.relation == "mark"}
        if scheduled and form in (lemma, f"{lemma}s", f"{lemma}es") and not marks and not auxiliaries:
            return "future"
        if marks == {"to"} and not auxiliaries and _bare(tokens, at):  # "Banks to reopen Monday"
            return "future"
    if auxiliaries or form == lemma or lemma in _LOOKS_AHEAD:
        return ""
    return "past" if form.endswith("ed") or form in _IRREGULAR else ""
