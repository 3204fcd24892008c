from __future__ import annotations

import subprocess
import sys

from turnstone import api
from turnstone.knowledge.entities import load_entities
from turnstone.knowledge.entity_files import EntityFile
from turnstone.this_run import this_run

FILE = b"- id: ruritanian-guard\n  name: Ruritanian Guard\n"


def test_files_identify_a_run_as_what_is_loaded_from_them_does() -> None:
    assert this_run() == api.pipeline().run


def test_files_of_entities_are_part_of_what_identifies_a_run() -> None:
    assert this_run([FILE]).entities == load_entities(EntityFile("guard.yaml", FILE)).digest != this_run().entities


def test_a_run_is_identified_without_loading_network_or_entities() -> None:
    code = (
        "import sys\n"
        "from turnstone.this_run import this_run\n"
        "this_run()\n"
        "loaded = {'onnxruntime', 'yaml', 'pydantic'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(loaded)) or None)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
