"""The values that pass between stages: frozen, made of tuples, with character offsets into one text.

`start` and `end` are half-open offsets into `Article.text`; `first_day` and `last_day` are inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["PER", "ORG", "LOC", "GPE", "OTHER"]
Status = Literal["happened", "historical", "future", "hypothetical", "negated"]
Resolution = Literal["point", "city", "district", "province", "country", "region", ""]
QuotationKind = Literal["direct", "partial", "indirect", ""]
Granularity = Literal["day", "week", "month", "quarter", "season", "year", "range", "decade"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of the text, by offsets."""

    start: int
    end: int


# --- reading


@dataclass(frozen=True, slots=True)
class Article:
    """A dated text. `text` is everything that is coded, headline included; `origin` says where it came from
    (`reports.jsonl:17`)."""

    id: str
    published: date
    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that is no article: where it stood, why it was refused and what would mend it."""

    origin: str
    reason: str
    remedy: str
    id: str = ""


# --- analysis


@dataclass(frozen=True, slots=True)
class Token:
    """A word. `head` indexes the article's tokens, -1 for a root; `relation` and `upos` are Universal Dependencies'."""

    start: int
    end: int
    upos: str
    lemma: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name the model found: PER, ORG or LOC."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Quotation:
    """An attribution as the model found it: who says, the saying words, what is said; each may be in pieces.

    `kind` is "direct" where all that is said stands between quotation marks, "partial" where some of it does, else
    "indirect"; empty where nobody has looked.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: QuotationKind = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event as the model proposes it, before the codebook's rules. Participants are spans of noun phrases.

    `types`, `statuses` and `modes` hold (name, probability), likeliest first; types include NONE.
    """

    trigger: int
    types: tuple[tuple[str, float], ...]
    modes: tuple[tuple[str, float], ...]
    statuses: tuple[tuple[str, float], ...]
    contexts: tuple[tuple[str, float], ...]
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]


WHOLE_ARTICLE = 180
"""Tokens from which on a text is read as a whole article; of 106,594 reports of Wikipedia's current events 11 have as
many."""


def is_whole_article(tokens: int) -> bool:
    """Whether a text of so many tokens is read as a whole article."""
    return tokens >= WHOLE_ARTICLE


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the model sees in an article. `sentences` are (first, last + 1) token indices."""

    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    names: tuple[Name, ...]
    quotations: tuple[Quotation, ...]
    proposals: tuple[Proposal, ...]

    @property
    def is_whole_article(self) -> bool:
        return is_whole_article(len(self.tokens))


# --- resolution


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name or refer to somebody or something, with what they stand for on the article's day.

    `entity_id` is empty where the data knows no such entity; `country` is an ISO 3166 alpha-3 or PLOVER code
    (USA, UNO, IGO, ...), empty where unknown; `sectors` are PLOVER's, the primary first; `basis` says in words why.
    """

    start: int
    end: int
    kind: Kind
    entity_id: str = ""
    name: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A dated expression and the days it means; `basis` says how ("Tuesday on or before the article's day")."""

    start: int
    end: int
    first_day: date
    last_day: date
    granularity: Granularity
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place by the words that tell it: a toponym, or of the likely state of an event those of who takes part. Degrees
    are WGS 84, of an area those of a point in its middle.

    `resolution` says how large it is; it is empty in what was written before it was added. `country` is empty for what
    lies in several, `geonames_id` None for what has none in the gazetteer.
    """

    start: int
    end: int
    name: str
    country: str
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    resolution: Resolution = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everything in an article that stands for something in the world."""

    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    places: tuple[Place, ...]


# --- coding


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or recipient of an event, or a speaker: the words, and what they stand for."""

    start: int
    end: int
    name: str
    entity_id: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement. `speaker` is its source where the words say who; `outlet` the agency or paper it reached us
    through; `within` indexes the attribution this one is reported in, -1 for none; `kind` is as a Quotation's. One
    without a cue is a quotation that stands alone, and its source names the speaker of the statement it continues."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Participant | None = None
    outlet: str = ""
    within: int = -1
    kind: QuotationKind = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event by the codebook. `attribution` indexes the article's attributions, -1 where the writer vouches;
    `confidence` is the calibrated probability of the type, 0 to 1."""

    id: str
    event_type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: int
    score: float
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    status: Status
    first_day: date
    last_day: date
    granularity: Granularity
    date_basis: str
    place: Place | None
    attribution: int
    trigger: Span
    evidence: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Coded:
    """The attributions and events of an article, and its contexts: those of its events, the commonest first."""

    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything turnstone knows of one article."""

    article: Article
    analysis: Analysis
    resolved: Resolved
    coded: Coded = field(default_factory=Coded)
