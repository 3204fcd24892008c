"""What identifies the codings that this turnstone makes, from the files alone: nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from turnstone import __version__
from turnstone.analysis.model_files import read_files
from turnstone.knowledge import digests
from turnstone.settings import Settings
from turnstone.store.manifest import Run, code_digest, file_digest


def this_run(entities: Iterable[bytes] = (), settings: Settings | None = None) -> Run:
    """The run of a pipeline with the packaged model and knowledge, and the contents of files of entities laid over it.

    Raises ModelError or KnowledgeError where files are missing; whether what they say is sound is seen on loading.
    """
    return Run(
        version=__version__,
        code=code_digest(Path(__file__).parent),
        model=read_files()[1],
        codebook=file_digest(digests.PLOVER),
        entities=digests.entities_digest([digests.ENTITIES], entities),
        gazetteer=digests.gazetteer_digest(),
        settings=(settings or Settings()).as_json(),
    )
