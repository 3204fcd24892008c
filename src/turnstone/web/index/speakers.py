"""On whose word each event is told: names and countries of speakers as arrays, made when they are first asked for."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from turnstone.errors import StoreError
from turnstone.web.index.after_review import ReviewedRecord
from turnstone.web.index.columns import Ints
from turnstone.web.index.opened import OpenRecord

_NAME, _COUNTRY = "speaker_name", "speaker_country"
_PATIENCE = 0.5


@dataclass(frozen=True, slots=True)
class Speakers:
    """For each event a place in `names` and in `countries`; 0, which is empty, where the writer vouches or nobody is
    named.
    """

    name: Ints
    country: Ints
    names: tuple[str, ...]
    countries: tuple[str, ...]


class SpeakersAtHand:
    """The speakers of the record that is open; a thread finds them, and keeps them beside the index."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mark = ""
        self._found: Speakers | None = None
        self._thread: threading.Thread | None = None

    def of(self, record: OpenRecord) -> Speakers | None:
        """The speakers of a record; None while they are being found. Waits half a second for a small record."""
        with self._lock:
            if self._mark != record.mark:
                self._mark, self._found = record.mark, None
                self._thread = threading.Thread(target=self._find, args=(record,), daemon=True, name="speakers")
                self._thread.start()
            thread = self._thread
        if thread is not None and self._found is None:
            thread.join(_PATIENCE)
        return self._found if self._mark == record.mark else None

    def _find(self, record: OpenRecord) -> None:
        found = speakers(record)
        with self._lock:
            if self._mark == record.mark:
                self._found = found


def speakers(record: OpenRecord) -> Speakers:
    """The speakers of every event of a record, read from beside its index or made."""
    folder = record.folder / "speakers"
    if not folder.exists():
        made = _made(record)
        with suppress(OSError):
            _write(folder, made)
        return made
    try:
        names, countries = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
        name, country = (np.load(folder / f"{one}.npy", mmap_mode="r") for one in ("name", "country"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: cannot be read ({error}); remove it") from error
    return Speakers(name, country, tuple(names), tuple(countries))


def after_review(speakers: Speakers, record: ReviewedRecord) -> Speakers:
    """The speakers with those whom reviewers named; an event without one has none."""
    changed = {
        number: values.speaker
        for number, values in record.values.items()
        if number in record.ids or "speaker" in record.judged[number].changed
    }
    more = len(record.ids)
    name, country = (np.concatenate([one, np.zeros(more, one.dtype)]) for one in (speakers.name, speakers.country))
    names, countries = ({text: code for code, text in enumerate(one)} for one in (speakers.names, speakers.countries))
    for number, who in changed.items():
        name[number] = names.setdefault(who.name if who else "", len(names))
        country[number] = countries.setdefault(who.country if who else "", len(countries))
    return Speakers(name, country, tuple(names), tuple(countries))


def _write(folder: Path, made: Speakers) -> None:
    draft = folder.with_name("speakers.part")
    draft.mkdir(exist_ok=True)
    np.save(draft / "name.npy", made.name)
    np.save(draft / "country.npy", made.country)
    (draft / "lists.json").write_text(json.dumps([made.names, made.countries], ensure_ascii=False), encoding="utf-8")
    draft.rename(folder)


def _made(record: OpenRecord) -> Speakers:
    events = record.columns.events
    name, country = np.zeros(events, "i4"), np.zeros(events, "i2")
    names: dict[str, int] = {"": 0}
    countries: dict[str, int] = {"": 0}
    of_event = record.tables.column("events", "attribution").to_numpy()
    starts = record.tables.groups("attributions")
    for group, first in enumerate(starts):
        last = starts[group + 1] if group + 1 < len(starts) else record.columns.articles
        low, high = (int(np.searchsorted(record.columns.article, at)) for at in (first, last))
        told = low + np.flatnonzero(of_event[low:high] >= 0)
        if not len(told):
            continue
        table = record.tables.group("attributions", group, ["article_id", "index", _NAME, _COUNTRY])
        with record.rows() as rows:
            ids = [one for (one,) in rows.execute("select id from article where no >= ? and no < ?", (first, last))]
        article = pc.index_in(table["article_id"], value_set=pa.array(ids, pa.string())).to_numpy() + first
        keys = article.astype("i8") << 20 | table["index"].to_numpy()
        wanted = record.columns.article[told].astype("i8") << 20 | of_event[told]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        right = keys[at] == wanted
        name[told] = np.where(right, _codes(table[_NAME], names)[at], 0)
        country[told] = np.where(right, _codes(table[_COUNTRY], countries)[at], 0)
    return Speakers(name, country, tuple(names), tuple(countries))


def _codes(column: pa.ChunkedArray, known: dict[str, int]) -> Ints:
    encoded = column.combine_chunks().fill_null("").dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    of = np.array([known.setdefault(value, len(known)) for value in encoded.dictionary.to_pylist()], dtype="i4")
    found: Ints = of[encoded.indices.to_numpy(zero_copy_only=False)]
    return found
