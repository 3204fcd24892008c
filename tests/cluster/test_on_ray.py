"""The shards of a plan on a Ray cluster of this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.cluster.planned import coded, make_coder, merged, planned
from tests.store.samples import article
from turnstone.cluster.on_ray import work_on_ray
from turnstone.coding_process import Coder
from turnstone.errors import ClusterError
from turnstone.store import read_table

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    # Its workers would starve on a busy machine, being nice.
    os.environ.update({"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"})
    ray = pytest.importorskip("ray")
    ray.init(
        address="local",
        num_cpus=PROCESSES,
        include_dashboard=False,
        object_store_memory=80_000_000,
        log_to_driver=False,
        runtime_env={"env_vars": {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}},
    )
    yield
    ray.shutdown()


def make_noted(place: str) -> Coder:
    """Leaves a file in a folder each time a coder is made."""
    Path(place, str(os.getpid())).touch()
    return make_coder()


def make_nothing() -> Coder:
    raise ValueError("the model is missing")


def test_ray_codes_the_bytes_of_a_local_run_though_a_worker_is_killed(cluster: None, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    inputs = [article(str(n), day=1 + n % 5) for n in range(12)]
    inputs[4] = article("4", f"once {mark} was enough; Graustark said nothing.")
    inputs[6] = article("6", "die")  # takes its process with it every time, as in a local run
    inputs[7] = article("7", "raise")
    plan = planned(tmp_path / "there", [*inputs], 4)
    seen = []
    work_on_ray(plan, plan.missing(), make_coder, progress=lambda progress: seen.append(progress.done))
    assert mark.exists()  # the process above, a worker of Ray, was killed then
    assert (plan.missing(), seen) == ([], [4, 8, 12])
    assert merged(plan, tmp_path / "there") == coded(tmp_path / "here", [*inputs], workers=1)
    outcomes = {row["article_id"]: row["reason"] for row in read_table(tmp_path / "there", "ledger").to_pylist()}
    assert "SIGKILL" in outcomes["6"] and outcomes["4"] == ""


def test_a_coder_is_made_once_for_many_shards_and_again_where_its_process_ends(cluster: None, tmp_path: Path) -> None:
    inputs = [article(str(n), day=1 + n % 5) for n in range(16)]
    (tmp_path / "coders").mkdir()
    plan = planned(tmp_path / "there", [*inputs], 2)
    work_on_ray(plan, plan.missing(), partial(make_noted, str(tmp_path / "coders")))
    assert 1 <= len(list((tmp_path / "coders").iterdir())) <= PROCESSES < plan.shards
    assert merged(plan, tmp_path / "there") == coded(tmp_path / "here", [*inputs], workers=1)

    plan = planned(tmp_path / "again", [*inputs, article("20", "die"), article("21")], 2)
    work_on_ray(plan, plan.missing(), partial(make_noted, str(tmp_path / "coders")))
    expected = coded(tmp_path / "local", [*inputs, article("20", "die"), article("21")], workers=1)
    assert merged(plan, tmp_path / "again") == expected
    # 20 was tried by three processes; what could not be coded ends its process and nothing else
    assert len(list((tmp_path / "coders").iterdir())) <= 2 * PROCESSES + 3


def test_what_no_worker_can_do_is_told_at_once(cluster: None, tmp_path: Path) -> None:
    plan = planned(tmp_path, [article("1")])
    with pytest.raises(ClusterError, match="the model is missing"):
        work_on_ray(plan, [0], make_nothing)
    assert plan.missing() == [0]


def test_without_ray_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match=r"pip install 'turnstone\[ray\]'"):
        work_on_ray(planned(tmp_path, [article("1")]), [0], make_coder)
