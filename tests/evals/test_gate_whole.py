"""A whole run of the gate with the packaged model, on the gold that the repository holds."""

from __future__ import annotations

import pytest

import floors
import gate

pytestmark = pytest.mark.long


def test_the_packaged_model_holds_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    before = (gate.ROOT / gate.FLOORS).read_bytes()
    status = gate.main([])
    out = capsys.readouterr().out
    assert status == 0, out
    assert (gate.ROOT / gate.FLOORS).read_bytes() == before
    lines = {line.split()[0]: line for line in out.splitlines() if line}
    for gold in floors.read(gate.ROOT / gate.FLOORS):
        here = all((gate.ROOT / name).exists() for name in gold.fingerprints)
        for measure in gold.floors:
            assert ("skipped" in lines[measure]) != here, lines[measure]
