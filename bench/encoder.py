"""The bare network beside the whole of turnstone: articles a second from files to tables, and of the encoder alone.

    python bench/encoder.py articles.jsonl [--workers 2]

First codes the articles as `bench/run.py` does; then gives the same windows of words, made beforehand, to the packaged
network alone, in as many processes on one thread each, which read them and throw the scores away. Prints articles a
second of both and their ratio, by the clock and by the processors' time; that one may be used on a machine with other
work. A row for each input; the network's loading counts for turnstone and not for the bare encoder.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from run import measure

Inputs = dict[str, Any]


@dataclass(frozen=True)
class Pace:
    """Seconds by the clock and of all processors together."""

    seconds: float
    processor_seconds: float


def inputs_of(source: str) -> list[Inputs]:
    """What the network is given for the windows of all articles of `source`."""
    from turnstone.analysis.model import Model
    from turnstone.analysis.sentences import split
    from turnstone.analysis.windows import windows
    from turnstone.analysis.words import words
    from turnstone.reading import read
    from turnstone.records import Article

    model = Model()
    found = []
    for article in read([source]):
        if isinstance(article, Article):
            spans = words(article.text)
            texts = [article.text[start:end] for start, end in spans]
            for window in windows(split(article.text, spans), texts, model.pieces):
                found.append(model.inputs(texts[window[0][0] : window[-1][1]]))
    return found


def encode(inputs: list[Inputs], connection: Connection) -> None:
    """Reads its share when told to and answers with the seconds of the processor that it took."""
    from turnstone.analysis.model import Model

    network = Model()._network
    network.run(None, inputs[0])
    connection.send(0.0)
    connection.recv()
    began = time.process_time()
    for one in inputs:
        network.run(None, one)
    connection.send(time.process_time() - began)


def bare(inputs: list[Inputs], workers: int) -> Pace:
    """The network over all windows, which are dealt out to the processes."""
    context = multiprocessing.get_context("spawn")
    connections = []
    for worker in range(min(workers, len(inputs))):
        near, far = context.Pipe()
        context.Process(target=encode, args=(inputs[worker::workers], far), daemon=True).start()
        connections.append(near)
    for one in connections:
        one.recv()
    began = time.perf_counter()
    for one in connections:
        one.send("begin")
    spent = sum(one.recv() for one in connections)
    return Pace(time.perf_counter() - began, spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", metavar="input", help="anything `turnstone code` reads")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    print("| input | articles | words each | | clock: articles/s | processors: articles/s each |")
    print("|---|---|---|---|---|---|")
    for source in args.inputs:
        with tempfile.TemporaryDirectory(prefix="turnstone-bench-") as holding:
            whole = measure(source, Path(holding) / "record", ["--workers", str(args.workers)])
        windows = inputs_of(source)
        if not windows:
            sys.exit(f"{source}: no article with words; give the network something to read")
        alone = bare(windows, args.workers)
        count, each = whole.articles, whole.words / max(whole.articles, 1)
        start = f"| {Path(source).name} | {count:,} | {each:,.0f} |"
        clock = count / whole.seconds, count / alone.seconds
        processor = count / whole.processor_seconds, count / alone.processor_seconds
        print(f"{start} turnstone | {clock[0]:.2f} | {processor[0]:.2f} |")
        print(f"{start} network alone | {clock[1]:.2f} | {processor[1]:.2f} |")
        print(f"{start} ratio | {clock[0] / clock[1]:.1%} | {processor[0] / processor[1]:.1%} |", flush=True)


if __name__ == "__main__":
    main()
