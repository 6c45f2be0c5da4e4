"""Workers killed in the middle of a batch: nothing is lost and nothing doubled."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import msgspec
import pytest
from sqlalchemy import Engine, func, select

from assistant.storage.batches import FINISHED, Batches, Item, Wanted
from assistant.storage.engine import open_engine
from assistant.storage.migrating import migrate
from assistant.storage.sealing import Seal
from assistant.storage.service_tables import reports, webhook_deliveries
from assistant.work.forms import JSON
from benchmarks.drafts import draft_of

DRAFTS, KILLS, LEASE_SECONDS, PATIENCE_SECONDS = 600, 5, 0.4, 40


@pytest.mark.parametrize("seed", [20261121])
def test_a_batch_is_resumed_wherever_its_worker_is_killed(tmp_path: Path, seed: int) -> None:
    """After kills at random moments each draft has one report, told in order, the last one too."""
    batches, engine = _site(tmp_path)
    batch = _sent(batches)
    chance = Random(seed)
    until = time.monotonic() + PATIENCE_SECONDS
    done = [0]
    for _ in range(KILLS):
        with _worker(tmp_path) as worker:
            _wait_for_more(batches, batch, done[-1], until)
            time.sleep(chance.uniform(0, 0.15))
            os.kill(worker.pid, signal.SIGKILL)
        done.append(_done(batches, batch))
    assert 0 < done[-1] < DRAFTS  # every kill was in the middle
    with _worker(tmp_path) as worker:
        while _state(batches, batch) != FINISHED and time.monotonic() < until:
            time.sleep(0.05)
        worker.kill()
    assert _state(batches, batch) == FINISHED
    told = [result for page in batches.pages(batch) for result in page]
    assert [each.number for each in told] == list(range(1, DRAFTS + 1))
    assert all(each.content for each in told)
    assert done == sorted(done)
    with engine.connect() as connection:
        kept = connection.execute(select(func.count()).select_from(reports)).scalar()
        calls = connection.execute(select(func.count()).select_from(webhook_deliveries)).scalar()
    assert (kept, calls) == (DRAFTS, 1)
    twice = [each.number for each in told if b"CN-F030" in (each.content or b"")]
    assert twice == [DRAFTS]  # the first draft with its number was settled by another process
    engine.dispose()


def _site(folder: Path) -> tuple[Batches, Engine]:
    engine = open_engine(f"sqlite:///{folder / 'declarant.db'}")
    migrate(engine)
    return Batches(engine, Seal.of(folder)), engine


def _sent(batches: Batches) -> str:
    batch = batches.begin(Wanted("local", "test", None, "default", "https://erp.example.com/x"))
    names = [f"N{number:017}" for number in range(1, DRAFTS)] + [f"N{1:017}"]
    raw = msgspec.json.decode(draft_of(20))
    items = []
    for number, name in enumerate(names, 1):
        raw["header"] |= {"client_seq_no": name, "bill_no": f"B{number}"}
        items.append(Item(number, f"{number}.json", JSON, msgspec.json.encode(raw)))
    batches.add(batch, items)
    batches.begun(batch, len(items))
    return batch


def _worker(site: Path) -> "subprocess.Popen[bytes]":
    program = (sys.executable, "-m", "tests.work.batch_worker", str(site), str(LEASE_SECONDS))
    started = subprocess.Popen(program, stdout=subprocess.PIPE)
    assert started.stdout
    assert started.stdout.readline() == b"working\n"
    return started


def _wait_for_more(batches: Batches, batch: str, before: int, until: float) -> None:
    while _done(batches, batch) <= before and time.monotonic() < until:
        time.sleep(0.01)


def _done(batches: Batches, batch: str) -> int:
    stood = batches.find("local", batch)
    return stood.done if stood else 0


def _state(batches: Batches, batch: str) -> str:
    stood = batches.find("local", batch)
    return stood.state if stood else ""
