"""Who is on each side of an event: phrases made participants, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.coding.clauses import Clauses
from turnstone.coding.participants import Cast, identity
from turnstone.coding.role_phrases import Phrase, RolePhrases
from turnstone.records import Attribution, Participant, Proposal

Participants = tuple[Participant, ...]

_PRONOUNS = frozenset(
    "i we he she it they me us him her them you who which that this these those its their his my our your one "
    "nobody somebody someone anybody anyone everybody everyone none nothing".split()
)
_ACTING = frozenset("i we he she they".split())
_DONE_TO = frozenset("me us him her them".split())
# what is said to the one it is about: "X told Y that ..."
_SAID_TO_SOMEBODY = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"})
_MATERIAL_COOPERATION = 2  # quad class


class Sides:
    """Finds them for the events of one article."""

    def __init__(self, cast: Cast, phrases: RolePhrases, clauses: Clauses) -> None:
        self._cast = cast
        self._phrases = phrases
        self._clauses = clauses

    def of(
        self, proposal: Proposal, event_type: str, quad: int, told: Attribution | None
    ) -> tuple[Participants, Participants]:
        """Actors and recipients of an event of this type and quad class, and of the attribution that tells it."""
        acting, receiving = self._phrases.of(proposal)
        actors, recipients = self._named(acting, receiving)
        if told is None:
            return actors, recipients
        actors = tuple(_who_speaks(p, told.speaker) for p in actors)
        if not actors and quad == _MATERIAL_COOPERATION:
            actors = _own_deed(told.speaker)
        if not recipients and event_type in _SAID_TO_SOMEBODY:
            taken = {identity(p) for p in actors}
            addressees = (p for span in self._clauses.addressees(told.cue) for p in self._cast.of(span))
            recipients = tuple(p for p in addressees if identity(p) not in taken)
        return actors, recipients

    def done_to_pronouns(self, proposal: Proposal) -> Participants:
        """Whom it is done to, where nothing is known of them all but "him" or "them"."""
        _, receiving = self._phrases.of(proposal)
        received = [p for phrase in receiving for p in self._meant(phrase)]
        return () if _known(received) else tuple(p for p in received if p.name.lower() in _DONE_TO)

    def together(self, actors: Participants, recipients: Participants) -> Participants:
        """Both sides of what all of them do to each other as one, each participant once."""
        return self._unique((*actors, *recipients))

    def _named(self, acting: Sequence[Phrase], receiving: Sequence[Phrase]) -> tuple[Participants, Participants]:
        doing = [p for phrase in acting for p in self._meant(phrase)]
        # "they" tells a reader more than nobody, and less than anybody else
        actors = self._unique(_known(doing) or [p for p in doing if p.name.lower() in _ACTING])
        recipients = self._unique(_known([p for phrase in receiving for p in self._meant(phrase)]))
        recipients = tuple(p for p in recipients if not any(_is_same(p, actor) for actor in actors))
        # "Kyiv calls for talks between Xi and Zelensky": a government asks nothing of itself while it asks another
        own = {p.country for p in actors if p.country and _is_government(p)}
        others = tuple(p for p in recipients if not (p.country in own and _is_government(p)))
        return actors, others or recipients

    def _meant(self, phrase: Phrase) -> Participants:
        """Whom a phrase stands for."""
        if phrase.name is None or phrase.description is None:
            return self._cast.of(phrase.span)
        return (self._cast.described(phrase.description, phrase.name, phrase.span),)

    def _unique(self, participants: Sequence[Participant]) -> Participants:
        """Each of several once; two crowds of one country are two ("five dead and nine hurt"), and so are those whom
        "and" joins ("the bank and its owner")."""
        found: list[Participant] = []
        for one in participants:
            if all(self._are_two(one, other) for other in found if identity(other) == identity(one)):
                found.append(one)
        return tuple(found)

    def _are_two(self, one: Participant, other: Participant) -> bool:
        """Whether two of whom the same is known are two all the same."""
        if one.entity_id:
            return False
        crowds = self._phrases.is_crowd(one) and self._phrases.is_crowd(other)
        return self._phrases.are_joined(one, other) or (crowds and other.name.lower() != one.name.lower())


def without_own_state(participants: Participants) -> Participants:
    """Without states that somebody else there speaks for: "Zelensky and Ukraine" do not meet each other."""
    spoken_for = {p.country for p in participants if p.sectors}
    return tuple(p for p in participants if p.sectors or not p.entity_id or p.country not in spoken_for)


def _is_government(participant: Participant) -> bool:
    """Whether a participant is a state by its name, or governs one."""
    state = bool(participant.entity_id) and not participant.sectors
    return state or "GOV" in participant.sectors


def _is_same(one: Participant, other: Participant) -> bool:
    """Whether two are one and the same, and not only people of one country: "a man shot a family"."""
    return identity(one) == identity(other) and (bool(one.entity_id) or one.name.lower() == other.name.lower())


def _is_pronoun(participant: Participant) -> bool:
    """Whether nothing is known of a participant but a pronoun, which tells a reader nobody."""
    return not participant.entity_id and participant.name.lower() in _PRONOUNS


def _known(given: Sequence[Participant]) -> list[Participant]:
    """Those of whom more is known than a pronoun."""
    return [one for one in given if one.country or not _is_pronoun(one)]


def _who_speaks(participant: Participant, speaker: Participant | None) -> Participant:
    """ "We" in what somebody says is the speaker, where nothing better is known."""
    if speaker is None or participant.country or participant.name.lower() not in ("i", "we"):
        return participant
    return replace(speaker, start=participant.start, end=participant.end)


def _own_deed(speaker: Participant | None) -> Participants:
    """A company that reports what was delivered, without saying by whom, reports of itself."""
    return (speaker,) if speaker is not None and "BUS" in speaker.sectors else ()
