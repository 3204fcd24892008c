"""Whom "he" and "she" stand for: the nearest subject that can be meant, else the only person there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from turnstone.knowledge.given_names import Gender
from turnstone.records import Mention, Span
from turnstone.resolution.antecedents import SUBJECTS, barred, different, sentences
from turnstone.resolution.board import Board, who
from turnstone.resolution.direct_speech import speech_at
from turnstone.resolution.genders import Genders
from turnstone.resolution.speakers import Quoted, speakers_of
from turnstone.resolution.trees import listed

HE = listed("he his him himself")
SHE = listed("she her herself")
# a common noun there is what somebody becomes, what a thing is called after, or stands in brackets
_NOBODY = frozenset(("xcomp", "compound", "dep"))


class Persons:
    """Looks up the persons of a board whom "he" and "she" can mean. `speech` is its direct speech, `quoted` what its
    statements say."""

    def __init__(self, board: Board, speech: tuple[Span, ...], quoted: Iterable[Quoted]) -> None:
        self._board = board
        self._speech = speech
        self._quoted = tuple(quoted)
        self._genders = Genders(board)

    def meant(self, place: int) -> Mention | None:
        """Whom the pronoun at a place stands for; None where that is open."""
        joined = self._of_conjunct(place)
        if joined is not None:
            return joined
        board, tree, gender = self._board, self._board.tree, self._gender(place)
        not_meant = barred(board, place)
        named = {who(board.at[word]) for word in not_meant if word in board.at}
        for words in sentences(board, place, self._speech, 2):
            people = [word for word in words if word not in not_meant and self._can_be(word, gender)]
            subjects = [word for word in people if tree.relations[word] in SUBJECTS]
            if subjects:
                return self._owner(place, subjects[-1]) or board.at[subjects[-1]]
            people = [word for word in people if not self._is_nobody(word, gender)]
            found = [one for one in different(board.at[word] for word in people) if who(one) not in named]
            if found:
                return found[0] if len(found) == 1 else None
        return self._spoken_of(place, gender)

    def _gender(self, place: int) -> Gender:
        return "f" if self._board.tree.words[place] in SHE else "m"

    def _can_be(self, word: int, gender: Gender) -> bool:
        """Whether a word is of a person who is named and not of the other gender."""
        known = self._board.at.get(word)
        if known is None or known.kind != "PER" or not known.name:
            return False
        return self._genders.of(known) in (gender, None)

    def _is_nobody(self, word: int, gender: Gender) -> bool:
        tree = self._board.tree
        is_bare = tree.tokens[word].upos == "NOUN" and tree.relations[word] in _NOBODY
        return is_bare and self._genders.of(self._board.at[word]) != gender

    def _of_conjunct(self, place: int) -> Mention | None:
        """Of "the Queen welcomed Mr Sapt and his wife": whose wife."""
        tree, owned = self._board.tree, self._board.tree.heads[place]
        if tree.relations[place] != "nmod:poss" or owned < 0 or tree.relations[owned] != "conj":
            return None
        first = tree.heads[owned]
        return self._board.at[first] if first < place and self._can_be(first, self._gender(place)) else None

    def _owner(self, place: int, subject: int) -> Mention | None:
        """Of "his father taught and his mother sang": whose mother. The subject must be kin or the like, of whom words
        tell whether they are men or women."""
        tree, words = self._board.tree, SHE if self._gender(place) == "f" else HE
        if tree.relations[place] != "nmod:poss" or self._genders.of(self._board.at[subject]) is None:
            return None
        own = [child for child in tree.children[subject] if tree.relations[child] == "nmod:poss" and child != place]
        return next(
            (self._board.at[child] for child in own if tree.words[child] in words and child in self._board.at), None
        )

    def _spoken_of(self, place: int, gender: Gender) -> Mention | None:
        """Of "he" in direct speech that names nobody: the only person of that gender around it who does not speak."""
        board, tree = self._board, self._board.tree
        speech = speech_at(self._speech, tree.starts[place])
        if speech is None:
            return None
        speakers = {who(one) for one in speakers_of(board, self._quoted, speech)}
        for words in self._sentences_around(place):
            people = different(board.at[word] for word in words if self._can_be(word, gender))
            people = [one for one in people if self._genders.of(one) == gender and who(one) not in speakers]
            if people:
                return people[0] if len(people) == 1 else None
        return None

    def _sentences_around(self, place: int) -> Iterator[list[int]]:
        """The words outside of direct speech of the two nearest sentences that have some, its own first."""
        tree = self._board.tree
        number, last, seen = tree.sentence[place], place, 0
        while last < len(tree.tokens) and tree.sentence[last] == number:
            last += 1
        while last > 0 and seen < 2:
            words, number = [], tree.sentence[last - 1]
            while last > 0 and tree.sentence[last - 1] == number:
                last -= 1
                if speech_at(self._speech, tree.starts[last]) is None:
                    words.append(last)
            if words:
                yield words[::-1]
                seen += 1
