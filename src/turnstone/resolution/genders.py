"""Whether the persons of an article are men or women, as far as its words and their names tell."""

from __future__ import annotations

from turnstone.knowledge.given_names import Gender, gender_of_name
from turnstone.records import Mention
from turnstone.resolution.board import Board, who
from turnstone.resolution.trees import listed

_TITLES_OF_MEN = listed("mr sir lord king prince sheikh emir sultan duke baron tsar pope")
_TITLES_OF_WOMEN = listed("mrs ms miss madam madame lady dame queen princess duchess baroness countess tsarina sheikha")
_MEN = _TITLES_OF_MEN | listed(
    "man boy father brother son husband uncle nephew grandson grandfather widower stepfather stepson boyfriend"
    " monk friar actor gentleman gunman"
)
_WOMEN = _TITLES_OF_WOMEN | listed(
    "woman girl mother sister daughter wife aunt niece granddaughter grandmother widow stepmother stepdaughter"
    " girlfriend nun actress heiress ballerina spokeswoman chairwoman businesswoman congresswoman councilwoman"
    " assemblywoman policewoman saleswoman servicewoman"
)
# said of women too, but seldom
_MOSTLY_MEN = listed(
    "spokesman chairman businessman congressman councilman assemblyman policeman clergyman serviceman fisherman"
    " cameraman salesman"
)
_DESCRIBES = frozenset(("appos", "nmod:desc", "compound", "flat", "dep", "nmod:unmarked"))


def title_tells(word: str) -> Gender | None:
    """What a title right before a name tells, in small letters: "mrs."."""
    word = word.rstrip(".")
    return "m" if word in _TITLES_OF_MEN else "f" if word in _TITLES_OF_WOMEN else None


class Genders:
    """Of the persons on a board: what their titles, the nouns beside them and their given names tell."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._told: dict[tuple[str, str], set[Gender]] = {}
        for mention in board.named():
            if mention.kind == "PER" and (told := self._own(mention)) is not None:
                self._told.setdefault(who(mention), set()).add(told)

    def of(self, mention: Mention) -> Gender | None:
        """Of whom a mention names; None where nothing tells, or two mentions tell two things."""
        if (own := self._own(mention)) is not None:
            return own
        if told := self._told.get(who(mention)):
            return next(iter(told)) if len(told) == 1 else None
        if (by_name := gender_of_name(mention.name)) is not None:
            return by_name
        return "m" if any(word in _MOSTLY_MEN for word in self._beside(mention)) else None

    def _own(self, mention: Mention) -> Gender | None:
        """What the title or noun of a mention itself tells."""
        words = self._beside(mention)
        return next(("m" if word in _MEN else "f" for word in words if word in _MEN or word in _WOMEN), None)

    def _beside(self, mention: Mention) -> list[str]:
        """The title before a mention, its head, and the nouns that describe it."""
        tree = self._board.tree
        places = tree.covering(mention.start, mention.end)
        if not places:
            return []
        words = [title] if places[0] and title_tells(title := tree.words[places[0] - 1]) else []
        top = tree.top(places)
        words += [tree.words[places[0]], tree.words[top]]
        words += [tree.words[child] for child in tree.children[top] if tree.relations[child] in _DESCRIBES]
        if tree.heads[top] >= 0 and tree.relations[top] in ("appos", "flat"):
            words.append(tree.words[tree.heads[top]])
        return [word.rstrip(".") for word in words]


def _key(mention: Mention) -> tuple[str, str]:
    return mention.entity_id, mention.name
