"""Score the grouping of copies on 500 edited wire copies, and as many articles that look like copies and are none.

    python evals/wire_copies.py [--half first|second|both] [--wrong]
    python evals/wire_copies.py --choose

The texts are reports of `corpus/`, edited here as newsrooms edit what they take from an agency: cut from the end, given
another headline, dateline, byline or agency line, paragraphs moved, words replaced by others of the same meaning, a
number brought up to date, and, as if translated again, sentences turned round, articles and genitives otherwise; more
of it from grade 1 to grade 5. Lookalikes are the same template with other names and numbers throughout, short texts
with one other name and number, another report of the same topic, and two reports that share their background. Which
reports, and the seed of each edit, stand in `evals/gold/wire_copies.tsv`; `--choose` drew it. All articles are grouped
together; any two of one group count as called copies. The halves are the odd and the even lines of the file; errors are
read in the first only. Nothing here is shared with the code that is measured.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from turnstone.errors import ReadingError
from turnstone.evaluation.formats.corpus import GoldReport, read

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "evals" / "gold" / "wire_copies.tsv"
CORPUS = ("cooperation", "requests", "conflict", "diplomacy", "mixed", "single", "long", "restraint")
SEED = 61
GRADES = 5
COPIES = 500
MIDDLE = 150
LOOKALIKES = ("template", "one name", "topic", "background")

AGENCIES = ("Cordillera Wire", "Meridian Press", "Nordlys News", "Baltic Dispatch", "Harbour Agency")
TOWNS = ("GENEVA", "CAIRO", "LIMA", "OSLO", "DELHI", "NAIROBI", "VIENNA", "MANILA")
PEOPLE = ("Ana Sapt", "Ivo Tarlen", "Mirela Hask", "Jonas Wede", "Lina Orvo", "Petar Quill", "Sanna Brook", "Ole Dunt")
PLACES = ("Zenda", "Strelsau", "Hentzau", "Tarlenheim", "Marrow Bay", "Kestrel Point", "Varna Heights", "Ostrel")
SYNONYMS = {
    "said": "stated", "killed": "slain", "about": "around", "talks": "discussions", "government": "administration",
    "more": "further", "people": "persons", "agreed": "consented", "troops": "soldiers", "attack": "assault",
    "attacked": "assaulted", "called": "termed", "big": "large", "began": "started", "begin": "start",
    "ended": "finished", "help": "assistance", "asked": "requested", "demanded": "insisted on", "border": "frontier",
    "city": "town", "capital": "seat of government", "soldiers": "troops", "officials": "authorities",
    "after": "following",
    "before": "ahead of", "near": "close to", "against": "versus", "new": "fresh", "country": "nation", "also": "too",
    "leader": "chief", "minister": "secretary", "wounded": "injured", "refused": "declined", "accused": "blamed",
    "warned": "cautioned", "ordered": "instructed", "week": "seven days", "deal": "agreement", "agreement": "accord",
    "protest": "demonstration", "protesters": "demonstrators", "rebels": "insurgents", "police": "officers",
    "village": "hamlet", "told": "informed", "would": "was to", "several": "a number of", "many": "a lot of",
    "yesterday": "the day before", "meeting": "gathering", "visit": "trip", "released": "freed", "arrested": "detained",
    "shot": "gunned down", "children": "youngsters", "house": "home", "money": "funds", "plan": "scheme",
    "trade": "commerce", "aid": "relief", "foreign": "external", "military": "army", "vote": "ballot", "law": "statute",
    "court": "tribunal", "since": "from", "because": "as", "between": "among", "until": "till", "left": "departed",
    "took": "seized", "held": "kept", "sent": "dispatched", "opened": "unlocked", "closed": "shut",
    "hundreds": "scores",
    "who": "that", "they": "these", "their": "its", "which": "that", "but": "yet", "when": "as", "while": "whereas",
}  # fmt: skip
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = re.compile(rf"\b(?:\d[\d,]*|{'|'.join(NUMBERS)})\b")
_NAME = re.compile(r"(?<=[a-z,;] )(?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+)*")


@dataclass(frozen=True)
class Pair:
    """Two articles, and whether one is a copy of the other; `kind` is the grade, or how the lookalike was made."""

    kind: str
    copy: bool
    days: tuple[date, date]
    texts: tuple[str, str]


# --- edits


def paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n") if part.strip()]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?”\"]) (?=[A-Z“\"])", text)


def headline(text: str, draw: random.Random) -> str:
    words = [word.strip(".,;:") for word in sentences(text)[0].split()]
    start = draw.randrange(max(1, len(words) - 8))
    return " ".join(words[start : start + 7]).capitalize()


def datelined(text: str, day: date, draw: random.Random) -> str:
    place, agency = draw.choice(TOWNS), draw.choice(AGENCIES)
    form = draw.choice(("{p}, {m} {d} ({a}) - ", "{p} ({a}) -- ", "{p}, {m}. {d} — ", "({a}) "))
    return form.format(p=place, a=agency, m=day.strftime("%b"), d=day.day) + text


def bylined(text: str, draw: random.Random) -> str:
    return f"By {draw.choice(PEOPLE)}, {draw.choice(('staff writer', 'diplomatic correspondent', 'agencies'))}\n{text}"


def signed(text: str, draw: random.Random) -> str:
    agency, who = draw.choice(AGENCIES), draw.choice(PEOPLE)
    credit = (
        f"({agency})",
        f"Reporting by {who}; editing by {draw.choice(PEOPLE)}",
        f"© {agency}. All rights reserved.",
    )
    return f"{text}\n{draw.choice(credit)}"


def cut(text: str, keep: float) -> str:
    """The beginning: whole paragraphs, or whole sentences of a single one."""
    parts = paragraphs(text)
    joint = "\n"
    if len(parts) == 1:
        parts, joint = sentences(text), " "
    return joint.join(parts[: max(1, round(len(parts) * keep))])


def moved(text: str, draw: random.Random) -> str:
    """The first paragraph stays, two of the others change places."""
    parts = paragraphs(text)
    if len(parts) > 2:
        i, j = draw.sample(range(1, len(parts)), 2)
        parts[i], parts[j] = parts[j], parts[i]
    return "\n".join(parts)


def reworded(text: str, share: float, draw: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        return SYNONYMS[match[0]] if draw.random() < share else match[0]

    return re.sub(rf"\b(?:{'|'.join(SYNONYMS)})\b", other, text)


def turned(text: str) -> str:
    """Sentences that end in who says it begin with it: "X fell, the army said." is "The army said X fell."."""

    def one(sentence: str) -> str:
        match = re.fullmatch(r"([A-Z][^,“\"]+), ([^,“\"]+ (?:said|says|stated|told \w+))\.", sentence)
        if not match:
            return sentence
        what, who = match.groups()
        begin = what[0].lower() if what.split()[0] in ("The", "A", "An") else what[0]
        return f"{who[0].upper()}{who[1:]} that {begin}{what[1:]}."

    return "\n".join(" ".join(one(part) for part in sentences(paragraph)) for paragraph in paragraphs(text))


def rendered(text: str, draw: random.Random) -> str:
    """As a translator renders it who had the text in another language: articles, genitives and days otherwise."""

    def genitive(match: re.Match[str]) -> str:
        return f"the {match[2]} of {match[1]}" if draw.random() < 0.7 else match[0]

    text = re.sub(r"\b([A-Z][\w-]+)['’]s ([a-z][\w-]+)", genitive, text)
    text = re.sub(r"(?<=[a-z] )(the|a|an) ", lambda m: "" if draw.random() < 0.25 else m[0], text)
    text = re.sub(r" and (?=[a-z])", lambda m: " as well as " if draw.random() < 0.5 else m[0], text)

    def forward(sentence: str) -> str:
        match = re.search(r" (on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?=[ ,.])", sentence)
        if not match or match.start() == 0:
            return sentence
        rest = sentence[: match.start()] + sentence[match.end() :]
        return f"{match[1].capitalize()}, {rest}"

    return "\n".join(" ".join(forward(part) for part in sentences(paragraph)) for paragraph in paragraphs(text))


def updated(text: str, draw: random.Random) -> str:
    """One number a little higher, as a toll rises."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    match = draw.choice(found)
    if match[0] in NUMBERS:
        new = NUMBERS[min(NUMBERS.index(match[0]) + 1, len(NUMBERS) - 1)]
    else:
        value = int(match[0].replace(",", ""))
        if 1800 <= value <= 2100:
            return text
        new = str(value + draw.randint(1, 3))
    return text[: match.start()] + new + text[match.end() :]


def edited(text: str, grade: int, day: date, draw: random.Random) -> str:
    """The text as another newsroom prints it."""
    small = [lambda t: datelined(t, day, draw), lambda t: bylined(t, draw), lambda t: signed(t, draw)]
    draw.shuffle(small)
    if grade >= 2:
        text = cut(text, {2: 0.8, 3: 0.6, 4: 0.5, 5: 0.6}[grade])
    if grade >= 3:
        text = moved(text, draw)
    if grade >= 3 and draw.random() < 0.5 and len(text.split()) > 60:
        text = updated(text, draw)
    if grade >= 3:
        text = reworded(text, {3: 0.3, 4: 0.6, 5: 1.0}[grade], draw)
    if grade == 5:
        text = rendered(turned(text), draw)
    title = headline(text, draw)
    for change in small[: 1 if grade == 1 else 2]:
        text = change(text)
    return f"{title}\n{text}" if grade >= 2 else text


# --- lookalikes


def changed(one: str, other: str) -> int:
    """How many words differ."""
    return sum((Counter(one.split()) - Counter(other.split())).values())


def one_name(report: GoldReport, draw: random.Random) -> str:
    """The same sentence with one other name, and one other number if it has any."""
    text = report.text
    found = list(_NAME.finditer(text))
    if found:
        match = draw.choice(found)
        text = text.replace(match[0], draw.choice(PLACES))
    number = _NUMBER.search(text)
    if number and not (number[0].isdigit() and 1800 <= int(number[0]) <= 2100):
        new = draw.choice([n for n in NUMBERS if n != number[0]])
        text = text[: number.start()] + new + text[number.end() :]
    return text


def template(report: GoldReport, draw: random.Random) -> str:
    """The same sentences with other names and numbers throughout."""
    names: dict[str, str] = {}
    pool = [*PEOPLE, *PLACES]
    draw.shuffle(pool)
    opening = re.match(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*", report.text)

    def renamed(match: re.Match[str]) -> str:
        word = match[0]
        if word not in names:
            names[word] = pool[len(names) % len(pool)]
        return names[word]

    def renumbered(match: re.Match[str]) -> str:
        if match[0] in NUMBERS:
            return draw.choice([n for n in NUMBERS if n != match[0]])
        value = int(match[0].replace(",", ""))
        return match[0] if 1800 <= value <= 2100 else str(value + draw.randint(2, 40))

    text = _NUMBER.sub(renumbered, _NAME.sub(renamed, report.text))
    if opening and len(opening[0].split()) > 1:
        text = text.replace(opening[0], pool[-1], 1)
    return text


def nearest(report: GoldReport, others: Sequence[GoldReport]) -> GoldReport:
    """The other report that shares most of its words."""
    own = set(report.text.lower().split())

    def shared(other: GoldReport) -> float:
        words = set(other.text.lower().split())
        return len(own & words) / len(own | words)

    return max((one for one in others if one.id != report.id), key=lambda one: (shared(one), one.id))


# --- the pairs


def reports() -> dict[str, GoldReport]:
    found = {}
    for name in CORPUS:
        read_reports, faults = read(ROOT / "corpus" / f"{name}.txt")
        assert not faults, faults
        found |= {one.id: one for one in read_reports}
    return found


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def suits(report: GoldReport, kind: str) -> bool:
    """Whether a report has names and numbers enough to make this lookalike of it."""
    trial = random.Random(0)
    if kind == "template":
        return changed(report.text, template(report, trial)) >= 3
    if kind == "one name":
        return len(report.text.split()) <= 30 and _NAME.search(report.text) is not None
    return True


def choose() -> list[dict[str, str]]:
    """The rows of the gold file. Copies are made of the long reports, 150 of 28 words and more, and shorter ones."""
    draw = random.Random(SEED)
    known = reports()
    long = [one for one in known.values() if one.id.startswith("long-")]
    middle = [one for one in known.values() if 28 <= len(one.text.split()) < 110]
    short = [one for one in known.values() if 18 <= len(one.text.split()) < 28]
    for group in (middle, short):
        draw.shuffle(group)
    fewest = COPIES - len(long) - MIDDLE
    copies = [*long, *middle[:MIDDLE], *short[:fewest]]
    draw.shuffle(copies)
    rows = []
    for k, report in enumerate(copies):
        rows.append({"label": "copy", "kind": str(k % GRADES + 1), "report": report.id, "other": "-"})
    # A lookalike's reports are in no other pair.
    rest = [*middle[MIDDLE:], *short[fewest:]]
    rest += [one for one in known.values() if 12 <= len(one.text.split()) < 18]
    used: set[str] = set()
    for k in range(COPIES):
        kind = LOOKALIKES[k % len(LOOKALIKES)]
        report = next(one for one in rest if one.id not in used and suits(one, kind))
        used.add(report.id)
        other = "-"
        if kind in ("topic", "background"):
            near = nearest(report, [one for one in rest if one.id not in used]) if kind == "topic" else None
            chosen = near or next(one for one in rest if one.id not in used)
            used.add(chosen.id)
            other = chosen.id
        rows.append({"label": "lookalike", "kind": kind, "report": report.id, "other": other})
    for row in rows:
        row["seed"] = str(draw.randrange(10**6))
        row["sha256"] = digest(known[row["report"]].text + (known[row["other"]].text if row["other"] != "-" else ""))
    draw.shuffle(rows)
    return rows


def pairs(path: Path = GOLD) -> list[Pair]:
    """The pairs of the gold file, made. Raises ReadingError where a report is not what it was."""
    known = reports()
    long = sorted(one.id for one in known.values() if one.id.startswith("long-"))
    made = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            report, other = known[row["report"]], known.get(row["other"])
            if digest(report.text + (other.text if other else "")) != row["sha256"]:
                raise ReadingError(f"{path}: report {row['report']} or {row['other']} is another text now; choose anew")
            draw = random.Random(int(row["seed"]))
            day = date(2020, 1, 1) + timedelta(days=draw.randrange(1000))
            later = day + timedelta(days=draw.choice((0, 0, 0, 1, 1, 2)))
            if row["label"] == "copy":
                texts = (report.text, edited(report.text, int(row["kind"]), later, draw))
            elif row["kind"] == "template":
                texts = (report.text, template(report, draw))
            elif row["kind"] == "one name":
                texts = (report.text, one_name(report, draw))
            elif row["kind"] == "topic":
                assert other
                texts = (report.text, other.text)
            else:
                assert other
                background = paragraphs(known[draw.choice(long)].text)[1]
                texts = (f"{report.text}\n{background}", f"{other.text}\n{background}")
            made.append(Pair(row["kind"], row["label"] == "copy", (day, later), texts))
    return made


# --- the score


def score(made: Sequence[Pair], half: str, shown: bool, told: bool = False) -> dict[str, float | None]:
    """Recall by grade and of all, precision over all pairs of all groups, in per cent."""
    from turnstone.records import Article
    from turnstone.stories.copies import group

    kept = [(k, one) for k, one in enumerate(made, 1) if half == "both" or (k % 2 == 1) == (half == "first")]
    articles = [
        Article(f"{k:04}{side}", one.days[n], one.texts[n]) for k, one in kept for n, side in enumerate(("a", "b"))
    ]
    of = {copy.article_id: copy.group_id for copy in group(articles)}
    text = {article.id: article.text for article in articles}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for article, number in of.items():
        groups[number].append(article)
    right = wrong = 0
    kinds = {f"{k:04}": one for k, one in kept}
    counts: Counter[str] = Counter()
    for members in groups.values():
        for n, a in enumerate(members):
            for b in members[:n]:
                good = a[:4] == b[:4] and kinds[a[:4]].copy
                right += good
                wrong += not good
                if not good:
                    counts[f"made up: {kinds[a[:4]].kind}"] += 1
                    if shown:
                        print(f"--- made up ({kinds[a[:4]].kind})\n{text[a]}\n...\n{text[b]}")
    for k, one in kept:
        if one.copy:
            found = of.get(f"{k:04}a", "a") == of.get(f"{k:04}b", "b")
            counts[f"grade {one.kind}: {'found' if found else 'missed'}"] += 1
            if shown and not found:
                print(f"--- missed (grade {one.kind})\n{one.texts[0]}\n...\n{one.texts[1]}")
    if told:
        print(*(f"{name}\t{count}" for name, count in sorted(counts.items())), sep="\n")
    copies = sum(one.copy for _, one in kept)
    return {
        "copies-recall": round(100 * right / copies, 2) if copies else None,
        "copies-precision": round(100 * right / (right + wrong), 2) if right + wrong else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("first", "second", "both"), default="both")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--choose", action="store_true")
    args = parser.parse_args()
    if args.choose:
        with GOLD.open("w", encoding="utf-8", newline="") as file:
            columns = ["label", "kind", "report", "other", "seed", "sha256"]
            writer = csv.DictWriter(file, columns, delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows(choose())
        return
    print(score(pairs(), args.half, args.wrong, told=True))


if __name__ == "__main__":
    sys.exit(main())
