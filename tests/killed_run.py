"""The command line with a coder that needs no model, to be killed: `python -m tests.killed_run code ...`."""

from __future__ import annotations

import sys
import time
from functools import partial

from tests.store.samples import RUN, record
from turnstone import api, batch
from turnstone.cli import app
from turnstone.coding_process import Coder
from turnstone.records import Article, Record

SHARD = 8


class Pipeline:
    run = RUN


def code(given: Article) -> Record:
    time.sleep(0.03)
    if "raise" in given.text:
        raise ValueError("cannot be coded")
    return record(given)


def make_coder(*_: object) -> Coder:
    return code


if __name__ == "__main__":
    api.pipeline = lambda *_: Pipeline  # type: ignore[assignment]
    from tests import killed_run  # as the worker processes will know it

    api.make_coder = api.make_coder_of = killed_run.make_coder
    batch.sharded = partial(batch.sharded, size=SHARD)
    app(sys.argv[1:], prog_name="turnstone")
