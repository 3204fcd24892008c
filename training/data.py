"""Read the public sets that the syntax tower learns from, as windows of words with whatever labels each set has."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch

from turnstone.analysis.encode import Encoder
from turnstone.analysis.labels import NAMES, RELATIONS, UPOS
from turnstone.analysis.sentences import split
from turnstone.analysis.words import words as find_words

IGNORE = -100
ROLES = ("Source", "Cue", "Content")


@dataclass(frozen=True)
class Sentence:
    words: tuple[str, ...]
    upos: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()  # index in the sentence; a root points at itself
    relations: tuple[int, ...] = ()
    names: tuple[int, ...] = ()
    roles: tuple[tuple[int, int, int], ...] = ()  # per word BIO (0 O, 1 B, 2 I) for source, cue, content
    links: tuple[int, ...] = ()  # per word: index of its cue's first word in the document, -1 if none
    document: str = ""
    id: str = ""


def bio(spans: list[tuple[int, int, str]], length: int) -> tuple[int, ...]:
    """BIO label indices over `length` words for spans (first, last+1, kind); earlier spans win."""
    tags = [0] * length
    for start, end, kind in spans:
        if any(tags[start:end]):
            continue
        tags[start] = NAMES.index(f"B-{kind}")
        for i in range(start + 1, end):
            tags[i] = NAMES.index(f"I-{kind}")
    return tuple(tags)


def read_conllu(
    path: Path, names: dict[int, list[tuple[int, int, str]]] | None = None, gum: bool = False
) -> list[Sentence]:
    """Sentences of a CoNLL-U file; `names` maps a sentence's index to its names, GUM's are in MISC."""
    sentences: list[Sentence] = []
    rows: list[list[str]] = []
    document = sentence_id = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc id"):
            document = line.split("=", 1)[1].strip()
        elif line.startswith("# sent_id"):
            sentence_id = line.split("=", 1)[1].strip()
        elif line and line[0] != "#":
            row = line.split("\t")
            if row[0].isdigit():
                rows.append(row)
        elif not line and rows:
            heads = tuple(i if row[6] == "0" else int(row[6]) - 1 for i, row in enumerate(rows))
            tokens = tuple(row[1] for row in rows)
            spans: list[tuple[int, int, str]] | None = None
            if gum:
                spans = _gum_names(rows, heads)
            elif names is not None:
                spans = names.get(len(sentences), [])
            sentences.append(
                Sentence(
                    tokens,
                    tuple(UPOS.index(row[3]) for row in rows),
                    heads,
                    tuple(RELATIONS.index(row[7]) for row in rows),
                    bio(spans, len(rows)) if spans is not None else (),
                    document=document,
                    id=sentence_id,
                )
            )
            rows = []
    return sentences


_GUM_KIND = {"person": "PER", "organization": "ORG", "place": "LOC"}


def _gum_names(rows: list[list[str]], heads: tuple[int, ...]) -> list[tuple[int, int, str]]:
    """Named people, organisations and places: GUM's entities whose head word is a proper noun, cut to its name."""
    spans = []
    open_entities: list[tuple[str, str, int]] = []
    for i, row in enumerate(rows):
        misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
        for opened, name, closed in re.findall(r"(\()?([^()]+)(\))?", misc.get("Entity", "")):
            ident, *rest = name.split("-")
            if opened:
                open_entities.append((ident, rest[0] if rest else "", i))
            if closed:
                at = max(k for k, e in enumerate(open_entities) if e[0] == ident)
                _, kind, start = open_entities.pop(at)
                end = i + 1
                inside = range(start, end)
                head = next((k for k in inside if heads[k] == k or heads[k] not in inside), start)
                if kind in _GUM_KIND and rows[head][3] == "PROPN":
                    name_words = [k for k in inside if _in_name(rows, heads, k, head)]
                    spans.append((min(name_words), max(name_words) + 1, _GUM_KIND[kind]))
    return sorted(spans, key=lambda s: s[0] - s[1])


def _in_name(rows: list[list[str]], heads: tuple[int, ...], k: int, head: int) -> bool:
    if k == head:
        return True
    return rows[k][3] == "PROPN" and heads[k] == head and rows[k][7] in ("flat", "compound", "flat:foreign", "goeswith")


def read_wnut(path: Path) -> list[Sentence]:
    kinds = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}
    sentences = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        if not rows:
            continue
        tags = []
        for _, tag in rows:
            prefix, _, kind = tag.strip().partition("-")
            tags.append(NAMES.index(f"{prefix}-{kinds[kind]}") if kind in kinds else 0)
        sentences.append(Sentence(tuple(row[0] for row in rows), names=tuple(tags), document=f"wnut{len(sentences)}"))
    return sentences


def read_iob2(path: Path) -> list[Sentence]:
    """UNER's files: sentences with PER, ORG and LOC."""
    sentences, words, tags = [], [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line:
            row = line.split("\t")
            words.append(row[1])
            tags.append(NAMES.index(row[2]) if row[2] in NAMES else 0)
        elif words:
            sentences.append(Sentence(tuple(words), names=tuple(tags)))
            words, tags = [], []
    return sentences


@dataclass(frozen=True)
class Standoff:
    """The attributions of one brat file: spans [(start, end), ...] a role, and which belong together."""

    spans: dict[str, tuple[str, list[tuple[int, int]]]] = field(default_factory=dict)
    links: list[dict[str, list[str]]] = field(default_factory=list)


def read_brat(path: Path) -> Standoff:
    spans, links = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"^(T\d+)\t(\S+) ([\d ;]+)\t", line):
            if match[2] in ROLES:
                pieces = [tuple(map(int, piece.split())) for piece in match[3].split(";")]
                spans[match[1]] = (match[2], pieces)
        elif re.match(r"^E\d+\t", line):
            link: dict[str, list[str]] = {}
            for part in line.split("\t")[1].split():
                role, _, ident = part.partition(":")
                role = role.rstrip("0123456789")
                if role in ROLES:
                    link.setdefault(role, []).append(ident)
            links.append(link)
    return Standoff(spans, links)


def read_polnear(folder: Path) -> list[Sentence]:
    """Articles cut into sentences by our own rules, with attribution roles and links."""
    sentences = []
    for text_path in sorted((folder / "text").glob("*.txt")):
        matches = list((folder / "attributions").glob(f"{text_path.stem}*.ann"))
        if not matches:
            continue
        text = text_path.read_text(encoding="utf-8")
        spans = find_words(text)
        standoff = read_brat(matches[0])
        roles = np.zeros((len(spans), 3), int)
        order = sorted(standoff.spans.items(), key=lambda item: -sum(e - s for s, e in item[1][1]))
        covered: dict[str, list[int]] = {}
        for ident, (role, pieces) in order:
            inside = [i for i, (s, e) in enumerate(spans) if any(s < pe and e > ps for ps, pe in pieces)]
            covered[ident] = inside
            k = ROLES.index(role)
            if inside and not roles[inside, k].any():
                for at, i in enumerate(inside):
                    roles[i, k] = 1 if at == 0 or inside[at - 1] != i - 1 else 2
        links = [-1] * len(spans)
        for link in standoff.links:
            cue = [i for ident in link.get("Cue", []) for i in covered.get(ident, [])]
            for role in ("Source", "Content"):
                for ident in link.get(role, []):
                    for i in covered.get(ident, []):
                        if cue and links[i] < 0:
                            links[i] = min(cue)
        starts = split(text, spans)
        ends = [*starts[1:], len(spans)]
        cuts = [(c, min(c + 150, b)) for a, b in zip(starts, ends, strict=True) for c in range(a, b, 150)]
        for a, b in cuts:
            sentences.append(
                Sentence(
                    tuple(text[s:e] for s, e in spans[a:b]),
                    roles=tuple(map(tuple, roles[a:b])),
                    links=tuple(link - a if link >= 0 else -(10**6) for link in links[a:b]),
                    document=text_path.stem,
                )
            )
    return sentences


Window = list[Sentence]


def windows(sentences: list[Sentence], limit: int | None, rng: random.Random | None = None) -> list[Window]:
    """Pack neighbouring sentences of a document up to `limit` words; with `rng`, limits vary."""
    packed: list[Window] = []
    current: Window = []
    size, cap = 0, 0
    for sentence in sentences:
        if current and (sentence.document != current[0].document or size + len(sentence.words) > cap):
            packed.append(current)
            current, size = [], 0
        if not current:
            cap = limit or 0
            if rng:
                cap = rng.choices([1, 50, 120], [0.4, 0.35, 0.25])[0]
        current.append(sentence)
        size += len(sentence.words)
    if current:
        packed.append(current)
    return packed


def without_stops(window: Window, rng: random.Random, rate: float) -> Window:
    """Drop some sentences' final full stop, as where a headline runs into the first sentence."""
    out = []
    for sentence in window:
        n = len(sentence.words) - 1
        droppable = n > 1 and sentence.words[n] in (".", "!") and sentence.heads and n not in sentence.heads[:n]
        if droppable and len(window) > 1 and rng.random() < rate:
            cut = {name: getattr(sentence, name)[:n] for name in ("words", "upos", "heads", "relations", "names")}
            sentence = replace(sentence, **cut)
        out.append(sentence)
    return out


def collate(batch: list[Window], encoder: Encoder, lower: frozenset[int] = frozenset()) -> dict[str, torch.Tensor]:
    """Tensors of a batch of windows; windows whose index is in `lower` lose their capitals."""
    encoded = [encoder.encode([word for s in window for word in s.words]) for window in batch]
    if any(len(e.pieces) > 512 for e in encoded):
        raise ValueError("a window is longer than the 512 pieces that the encoder reads")
    pieces = max(len(e.pieces) for e in encoded)
    words = max(len(e.first) for e in encoded)
    size = len(batch)

    def table(fill: int, *shape: int) -> np.ndarray:
        return np.full((size, *shape), fill, np.int64)

    out = {
        "ids": table(0, pieces), "mask": table(0, pieces), "piece_shapes": table(8, pieces),
        "first": table(0, words), "last": table(0, words), "shapes": table(6, words), "word_mask": table(0, words),
        "sentence": table(-1, words), "start": table(IGNORE, words), "upos": table(IGNORE, words),
        "heads": table(IGNORE, words), "relations": table(IGNORE, words), "names": table(IGNORE, words),
        "roles": table(IGNORE, words, 3), "links": table(IGNORE, words),
    }  # fmt: skip
    for b, (window, e) in enumerate(zip(batch, encoded, strict=True)):
        shapes = [0 if b in lower and s in (1, 2, 3, 7) else s for s in e.shapes]
        out["ids"][b, : len(e.pieces)] = e.pieces
        out["mask"][b, : len(e.pieces)] = 1
        n = len(e.first)
        out["first"][b, :n], out["last"][b, :n], out["shapes"][b, :n] = e.first, e.last, shapes
        out["word_mask"][b, :n] = 1
        for first, last, shape in zip(e.first, e.last, shapes, strict=True):
            out["piece_shapes"][b, first : last + 1] = shape
        at = 0
        for index, s in enumerate(window):
            k = slice(at, at + len(s.words))
            out["sentence"][b, k] = index
            if s.heads:
                out["upos"][b, k], out["relations"][b, k] = s.upos, s.relations
                out["heads"][b, k] = np.array(s.heads) + at
                out["start"][b, k] = 0
                out["start"][b, at] = 1
            if s.names:
                out["names"][b, k] = s.names
            if s.roles:
                out["roles"][b, k] = s.roles
                links = np.array(s.links) + at
                out["links"][b, k] = np.where((links >= 0) & (links < n), links, IGNORE)
            at += len(s.words)
    return {name: torch.from_numpy(value) for name, value in out.items()}


def batches(packed: list[Window], encoder: Encoder, budget: int, rng: random.Random | None) -> Iterator[list[Window]]:
    """Batches of windows of like length, each of about `budget` words."""
    order = list(packed)
    length = {id(w): sum(len(s.words) for s in w) for w in order}
    if rng:
        rng.shuffle(order)
        order.sort(key=lambda w: length[id(w)] * (1 + 0.2 * rng.random()))
    else:
        order.sort(key=lambda w: length[id(w)])
    grouped: list[list[Window]] = []
    current: list[Window] = []
    for window in order:
        if rng and length[id(window)] > 100 and len(encoder.encode([w for s in window for w in s.words]).pieces) > 512:
            continue
        if current and (len(current) + 1) * max(length[id(window)], length[id(current[-1])]) > budget:
            grouped.append(current)
            current = []
        current.append(window)
    if current:
        grouped.append(current)
    if rng:
        rng.shuffle(grouped)
    yield from grouped
