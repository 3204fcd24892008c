"""Count in how many sentences of the corpus each word stands, for `turnstone stories`.

    python training/word_shares.py

Writes `src/turnstone/data/word_shares.json`: the share of sentences of `corpus/*.txt` that have a word (in dictionary
form), of words in at least three. It is what stories take words to be worth before a record tells them itself.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from turnstone.evaluation.formats.corpus import read
from turnstone.stories.reports import content_words

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "turnstone" / "data" / "word_shares.json"
LEAST = 3


def main() -> int:
    counts: Counter[str] = Counter()
    sentences = 0
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        for report in read(path)[0]:
            for sentence in re.split(r"(?<=[.!?])\s+", report.text):
                counts.update(content_words(sentence))
                sentences += 1
    shares = {word: round(count / sentences, 5) for word, count in sorted(counts.items()) if count >= LEAST}
    OUT.write_text(json.dumps(shares, indent=0, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(shares)} words of {sentences} sentences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
