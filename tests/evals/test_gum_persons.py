"""How pronouns and short names are counted against GUM's coreference; no model is loaded."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import gum_persons
from turnstone.errors import ReadingError
from turnstone.records import Mention

LINES = """\
# newdoc id = GUM_news_made
# meta::dateCreated = 2021-05-04
# newpar
1	Ada	Ada	PROPN	NNP	_	3	nsubj	_	Entity=(1-person-new-cf1-1-coref
2	Obi	Obi	PROPN	NNP	_	1	flat	_	Entity=1)
3	met	meet	VERB	VBD	_	0	root	_	_
4	the	the	DET	DT	_	5	det	_	Entity=(2-person-new-nnn-cf2-2-coref
5	envoy	envoy	NOUN	NN	_	3	obj	_	Entity=2)|SpaceAfter=No
6	.	.	PUNCT	.	_	3	punct	_	_

# newpar
1-2	She's	_	_	_	_	_	_	_	_
1	She	she	PRON	PRP	_	3	nsubj	_	Entity=(1-person-giv-nnn-cf1-1-ana)
2	's	be	AUX	VBZ	_	3	cop	_	_
3	late	late	ADJ	JJ	_	0	root	_	SpaceAfter=No
4	,	,	PUNCT	,	_	3	punct	_	_
5	he	he	PRON	PRP	_	6	nsubj	_	Entity=(2-person-giv-nnn-cf2-1-ana)
6	told	tell	VERB	VBD	_	3	parataxis	_	_
7	Obi	Obi	PROPN	NNP	_	6	obj	_	Entity=(1-person-giv-nnn-cf1-1-coref)|SpaceAfter=No
8	.	.	PUNCT	.	_	3	punct	_	_
"""
LINES = LINES.replace("new-cf1", "new-nnn-cf1")
TEXT = "Ada Obi met the envoy.\n\nShe's late, he told Obi."


@pytest.fixture
def document(tmp_path: Path) -> gum_persons.GoldDocument:
    path = tmp_path / "dev.conllu"
    path.write_text(LINES, encoding="utf-8")
    (found,) = gum_persons.read_gold(path)
    return found


def test_a_document_is_its_words_and_persons(document: gum_persons.GoldDocument) -> None:
    assert document.article.text == TEXT
    asked = [(kind, TEXT[a:b]) for person in document.persons for kind, (a, b) in person.asked()]
    assert asked == [("pronoun", "She"), ("name", "Obi"), ("pronoun", "he")]
    assert [TEXT[a:b] for person in document.persons for a, b in person.heads] == ["Ada", "Obi", "envoy"]


def ours(words: str, name: str, after: int = 0) -> Mention:
    start = TEXT.index(words, after)
    return Mention(start, start + len(words), "PER", "", name, "", ())


@pytest.mark.parametrize(
    ("she", "how"),
    [(ours("She", "Ada Obi"), "right"), (ours("She", "the envoy"), "wrong"), (ours("She", "She"), "no answer")],
)
def test_an_answer_is_right_where_it_names_the_person(
    document: gum_persons.GoldDocument, she: Mention, how: str
) -> None:
    person = document.persons[0]
    mentions = [ours("Ada Obi", "Ada Obi"), ours("the envoy", "the envoy"), she]
    assert gum_persons.outcome("pronoun", (she.start, she.end), person, TEXT, mentions) == how


def test_a_name_by_itself_is_no_answer_to_whom_it_names(document: gum_persons.GoldDocument) -> None:
    alone = ours("Obi", "Obi", after=20)
    person = document.persons[0]
    assert gum_persons.outcome("name", (alone.start, alone.end), person, TEXT, [alone]) == "wrong"


def test_a_file_without_such_documents_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dev.conllu"
    path.write_text(LINES, encoding="utf-8")
    with pytest.raises(ReadingError, match="has no document of bio"):
        gum_persons.read_gold(path, ["bio"])
    path.write_text(LINES.replace("dateCreated", "dateMade"), encoding="utf-8")
    with pytest.raises(ReadingError, match="GUM_news_made: has no dateCreated"):
        gum_persons.read_gold(path)


def test_shares_and_rows() -> None:
    counts = Counter({("pronoun", "right"): 3, ("pronoun", "wrong"): 1, ("pronoun", "no answer"): 2})
    assert gum_persons.precision_recall(counts, ("pronoun",)) == (75.0, 50.0)
    assert gum_persons.precision_recall(counts, ("name",)) == (None, None)
    assert gum_persons.rows(counts)[-1].split() == ["all", "3", "1", "2", "75.0", "50.0"]
