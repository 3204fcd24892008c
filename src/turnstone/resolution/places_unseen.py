"""Names of places that the model took for somebody or did not see, told by the words around them.

What stands beside a name says that a place is meant: "in", "the village of", "residents", a state after a comma, other
places in a list. So does the name itself where the article has it as a place elsewhere, or where it can be little else
("the Caspian Sea").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import regex

from turnstone.knowledge.gazetteer import Gazetteer, PlaceEntry
from turnstone.records import Analysis, Mention
from turnstone.resolution.span_index import Span, SpanIndex

_Test = Callable[[PlaceEntry, str], bool]

_WORD = r"\p{Lu}[\p{L}'’-]+"
_NAME = rf"(?P<name>{_WORD}(?:\s+{_WORD}){{0,2}})"
_PLACED = regex.compile(
    r"\b(?:(?:in|near|outside|around|from|at|toward|towards|to|into|on|across|off)|"
    r"(?:mayor|governor|residents?|people|streets|outskirts|north|south|east|west)\s+of|\d+,\s+of)\s+(?:the\s+)?"
    + _NAME
)
_INSIDE = regex.compile(r"\b(?:in|near|outside|around)\s+" + _NAME)
_KIND_OF = regex.compile(
    r"\b(?:town|city|village|hamlet|port|suburb|community|settlement|district|province|region|county|municipality|"
    r"island)\s+of\s+(?:the\s+)?" + _NAME
)
_KINDS_OF = regex.compile(
    r"\b(?:towns|cities|villages|ports|suburbs|communities|settlements|districts|provinces|regions|counties|"
    r"municipalities|islands|states)(?:\s+of|,?\s+such\s+as|,?\s+including|,?\s+like|:)\s+"
    rf"(?P<name>{_WORD}(?:(?:,?\s+and\s+|,\s+|\s+(?:de\s+)?){_WORD})*)"
)
_ITEM = regex.compile(_WORD + rf"(?:\s+(?:de\s+)?{_WORD})*")
_OWNING = regex.compile(rf"\b{_NAME}\s+(?:residents?|police|hospital|airport|woman|man|mayor|suburbs?)\b")
_QUALIFIED = regex.compile(rf"\b{_NAME},\s+(?=\p{{Lu}})")
_OWNER = regex.compile(_NAME + r"['’]s\s+(?=\p{Lu})")
_SEPARATOR = r"(?:,?\s+(?:and|or)\s+|,\s+)"
# every way in which a separator can end after a name, or begin before one
_SEPARATORS = tuple(map(regex.compile, (r",?\s+(?:and|or)\s+", r",\s+")))
_SEPARATORS_BEFORE = tuple(map(regex.compile, (r"(?r),\s+(?:and|or)\s+", r"(?r)\s+(?:and|or)\s+", r"(?r),\s+")))
_LIST_AFTER = regex.compile(_SEPARATOR + _NAME)
_LIST_BEFORE = regex.compile(_NAME + _SEPARATOR + "$")
_ITEM_ENDS = regex.compile(
    r"(?:['’]s)?(?:[.,;:)]|\s+(?:and|or|in|on|is|are|was|were|have|has|had|to|with|where|by)\b|$)"
)
# read backwards from where a name begins
_JOINED_BEFORE = regex.compile(
    r"(?r)\p{Lu}[\p{L}'’.-]*\s(?:de|del|della|do|da|di|la|le|al|el|of|of the)\s|[\p{L}&@#–-]"
)
_JOINED_AFTER = regex.compile(r"[-–&@]?\p{L}|[-–]\d|\.\p{L}|\s(?:de|del|do|da|di)\s")
_NAMES_A_THING = regex.compile(r"['’]s\b|\s\p{Ll}")
_ARTICLE_BEFORE = regex.compile(r"\b[Tt]he\s(?:\p{Ll}+\s)?$|\b[Aa]n?\s(?:\p{Ll}+\s)?$")
_DESCRIBED = regex.compile(
    r"\s(?!(?:famil|administration|government|campaign|presidency|brother|sister|estate|era|regime|team|case|trial)"
    r"|of\b|in\b|and\b|is\b|was\b|ha[sd]\b|to\b|will\b)\p{Ll}"
)
# words with a capital that stand after a preposition and name no place, though a town somewhere is called so
_OTHERWISE = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Congress Parliament Senate Cabinet Council Court Islam Christmas Easter Ramadan "
    "Democrats Republicans President Union Opposition".split()
)
_ALSO_COMPANIES = frozenset(("Amazon",))
_KNOWN = 5_000
_LARGE = 100_000
_AREAS = frozenset(("region", "continent", "site"))
_OF_A_NAME = frozenset(("PROPN", "ADJ", "NOUN"))


class Unseen:
    """The places of one article besides those of the model. `countries` are those that the article names."""

    def __init__(
        self, text: str, analysis: Analysis, mentions: Sequence[Mention], countries: set[str], gazetteer: Gazetteer
    ) -> None:
        self._text = text
        self._starting = {token.start: token for token in analysis.tokens}
        self._ending = {token.end: token for token in analysis.tokens}
        self._countries = countries
        self._gazetteer = gazetteer
        self._proper = SpanIndex((token.start, token.end) for token in analysis.tokens if token.upos == "PROPN")
        self._people = SpanIndex((name.start, name.end) for name in analysis.names if name.kind == "PER")
        self._bodies = SpanIndex((one.start, one.end) for one in mentions if one.kind == "ORG" and not one.entity_id)
        self._known = SpanIndex(
            (one.start, one.end) for one in mentions if one.entity_id and one.kind in ("ORG", "PER")
        )
        self._names_of_people = "\0".join(("", *dict.fromkeys(text[start:end] for start, end in self._people), ""))
        self._entitled = [one for one in mentions if one.kind == "ORG" and one.entity_id and one.country]
        self._found = SpanIndex()

    def beside(self, found: Iterable[Span]) -> list[Span]:
        """The spans that are places though not among `found`, in no order."""
        self._found = SpanIndex(found)
        given = len(self._found)
        steps = (
            self._placed,
            self._of_a_kind,
            self._qualified,
            self._owners,
            self._plain,
            self._listed,
            self._again,
        )
        for step in steps:
            for span in step():
                if not self._found.meets(span):
                    self._found.add(span)
        return list(self._found)[given:]

    # --- what the words beside a name tell

    def _placed(self) -> Iterator[Span]:
        for pattern in (_PLACED, _OWNING):
            for match in pattern.finditer(self._text, overlapped=True):
                yield from self._longest(match.start("name"), match["name"], self._is_known)
        bodies = set(self._bodies)
        for match in _INSIDE.finditer(self._text):
            if match.span("name") in bodies and self._means(match["name"], self._is_at_home):
                yield match.span("name")

    def _of_a_kind(self) -> Iterator[Span]:
        for match in _KIND_OF.finditer(self._text):
            yield from self._longest(match.start("name"), match["name"], self._is_at_home)
        for match in _KINDS_OF.finditer(self._text):
            for item in _ITEM.finditer(match["name"]):
                yield from self._longest(match.start("name") + item.start(), item.group(), self._is_at_home)

    def _qualified(self) -> Iterator[Span]:
        """Towns with their country after them, which is no owner of what follows ("Hollande, France's president")."""
        areas = dict(self._found)
        for match in _QUALIFIED.finditer(self._text, overlapped=True):
            end = areas.get(match.end())
            if end is None or self._text.startswith(("'s", "’s"), end):
                continue
            country = {entry.country for entry in self._countries_called(self._text[match.end() : end])}
            for start, stop in self._longest(match.start("name"), match["name"], _is_any):
                if any(entry.country in country for entry in self._gazetteer.lookup(self._text[start:stop])):
                    yield start, stop

    def _listed(self) -> Iterator[Span]:
        """Names between places in a list, and at its ends."""
        at = 0
        while at < len(self._found):  # which grows by what is yielded
            start, end = self._found[at]
            at += 1
            after = _LIST_AFTER.match(self._text, end)
            before = _LIST_BEFORE.search(self._text, max(0, start - 60), start)
            for match in (after, before):
                if match is None:
                    continue
                for span in self._longest(match.start("name"), match["name"], self._is_at_home):
                    whole = match is after or span[1] == match.end("name")
                    if whole and self._is_item(span) and not self._is_joined(0, span[0]):
                        yield span

    def _is_item(self, span: Span) -> bool:
        """Whether it is an item of a list of places. What the model took for a person needs two places in the list."""
        if not _ITEM_ENDS.match(self._text, span[1]):
            return False
        return not self._people.meets(span) or self._in_list(span, -1) + self._in_list(span, 1) >= 2

    def _in_list(self, span: Span, way: int) -> int:
        """How many places of the list stand before (-1) or after (1) the span, two at most."""
        count = 0
        for _ in range(2):
            beside = self._next(span, way)
            if beside is None:
                break
            span, count = beside, count + 1
        return count

    def _next(self, span: Span, way: int) -> Span | None:
        """The place before (-1) or after (1) a span in a list."""
        if way > 0:
            ends = {match.end() for one in _SEPARATORS if (match := one.match(self._text, span[1]))}
            return self._found.first_at(starts=ends)
        starts = {match.start() for one in _SEPARATORS_BEFORE if (match := one.match(self._text, 0, span[0]))}
        return self._found.first_at(ends=starts)

    def _owners(self) -> Iterator[Span]:
        """States and cities before what is theirs, in one name for the model ("Peru's Health Ministry") or for the data
        ("US Federal Reserve", a name of the Federal Reserve)."""
        for start, end in self._bodies:
            match = _OWNER.match(self._text, start, end)
            if match is not None and self._means(match["name"], self._is_owner):
                yield match.span("name")
        for body in self._entitled:
            words = self._text[body.start : body.end]
            before = words.removesuffix(body.name).rstrip()
            if before != words and any(entry.country == body.country for entry in self._countries_called(before)):
                yield body.start, body.start + len(before)

    def _countries_called(self, words: str) -> Iterator[PlaceEntry]:
        return (entry for entry in self._gazetteer.lookup(words) if entry.feature == "country")

    # --- what the name itself tells

    def _again(self) -> Iterator[Span]:
        """Other mentions of the names found."""
        for words in sorted({self._text[start:end] for start, end in self._found}):
            if len(words) >= 4 and words[0].isupper() and not self._is_of_a_person(words):
                at = self._text.find(words)
                while at >= 0:
                    if self._stands_alone((at, at + len(words))):
                        yield at, at + len(words)
                    at = self._text.find(words, at + 1)

    def _plain(self) -> Iterator[Span]:
        """Seas, regions and states, and large towns of the countries named before what is theirs, where the model saw
        no name, or one that only describes somebody ("the Najaf prosecutor")."""
        for span in self._runs():
            words = self._text[span[0] : span[1]]
            if words in _OTHERWISE | _ALSO_COMPANIES or self._is_of_a_person(words):
                continue
            if (self._people.meets(span) or self._bodies.meets(span)) and not self._describes(span):
                continue
            names_a_thing = _NAMES_A_THING.match(self._text, span[1])
            meant = self._means(words, self._is_area) or (names_a_thing and self._means(words, self._is_large))
            if meant and self._stands_alone(span):
                yield span

    def _describes(self, span: Span) -> bool:
        before = _ARTICLE_BEFORE.search(self._text, max(0, span[0] - 30), span[0])
        return bool(before and _DESCRIBED.match(self._text, span[1]))

    def _runs(self) -> Iterator[Span]:
        """Proper nouns side by side."""
        run: Span | None = None
        for start, end in self._proper:
            if run is not None and self._text[run[1] : start] == " ":
                run = run[0], end
                continue
            if run is not None:
                yield run
            run = start, end
        if run is not None:
            yield run

    def _stands_alone(self, span: Span) -> bool:
        """Whether a name is no part of a longer one, and nobody whom the data knows."""
        start, end = span
        before, after = self._ending.get(start - 1), self._starting.get(end + 1)
        return (
            self._proper.meets(span)
            and not self._is_joined(max(0, start - 30), start)
            and not _JOINED_AFTER.match(self._text, end)
            and not (before and before.upos in _OF_A_NAME and self._text[before.start].isupper())
            and not (after and after.upos == "PROPN")
            and all(span == one for names in (self._people, self._bodies) for one in names.meeting(span))
            and not self._known.meets(span)
        )

    def _is_joined(self, first: int, start: int) -> bool:
        """Whether a name that begins at `start` goes on a longer one, or a word, as far as `first` lets see."""
        line = start - (self._text[start - 1 : start] == "\n" and start > first)
        return any(_JOINED_BEFORE.match(self._text, first, end) for end in {start, line})

    def _is_of_a_person(self, words: str) -> bool:
        at = self._names_of_people.find(words)
        while at >= 0:  # mostly never
            if self._names_of_people[at - 1] != "\0" or self._names_of_people[at + len(words)] != "\0":
                return True
            at = self._names_of_people.find(words, at + 1)
        return False

    # --- what the gazetteer tells

    def _longest(self, start: int, words: str, test: _Test) -> Iterator[Span]:
        """The most of the words from `start` on that name a place, and nobody."""
        words = words.removesuffix("'s").removesuffix("’s")
        while words and words.split()[0] not in _OTHERWISE:
            span = start, start + len(words)
            cuts = any(not (span[0] <= one[0] and one[1] <= span[1]) for one in self._people.meeting(span))
            taken = cuts or self._known.meets(span) or self._bodies.meets(span)
            free = not taken and self._proper.meets(span)
            if free and self._means(words, test):
                yield span
                return
            words = words.rpartition(" ")[0]

    def _means(self, words: str, test: _Test) -> bool:
        return any(test(entry, words) for entry in self._gazetteer.lookup(words))

    def _is_known(self, entry: PlaceEntry, words: str) -> bool:
        """Whether the place is large, or in a country that the article names and no hamlet, or a sea or region."""
        if entry.feature in _AREAS:
            return entry.latitude is not None
        if entry.country in self._countries and entry.feature in ("admin1", "admin2"):
            return True
        if entry.feature == "country" or entry.population < _KNOWN:
            return False
        return entry.population >= _LARGE or (entry.country in self._countries and entry.is_called(words))

    def _is_at_home(self, entry: PlaceEntry, words: str) -> bool:
        """The same, hamlets of the countries named too."""
        return self._is_known(entry, words) or (entry.country in self._countries and entry.is_called(words))

    def _is_owner(self, entry: PlaceEntry, words: str) -> bool:
        return entry.feature in ("country", "capital") or (entry.feature == "admin1" and self._is_known(entry, words))

    def _is_area(self, entry: PlaceEntry, words: str) -> bool:
        """Whether it is a sea or region, a country, or a province of a country named."""
        if entry.feature in _AREAS:
            return entry.latitude is not None
        return entry.feature == "country" or (entry.feature == "admin1" and entry.country in self._countries)

    def _is_large(self, entry: PlaceEntry, words: str) -> bool:
        """Whether it is a large town of a country named."""
        return entry.country in self._countries and entry.population >= _LARGE and entry.is_called(words)


def _is_any(entry: PlaceEntry, words: str) -> bool:
    return True
