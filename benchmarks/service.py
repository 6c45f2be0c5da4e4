"""The service under load: two worker processes on loopback, callers in processes of their own.

`python -m benchmarks.service` sends audits of twenty lines for twenty seconds, as many calls to a
route that reads the same body and does nothing, and questions of a hundred askers at once.
`--minutes 10` measures how memory drifts; `--kills 50` kills a worker fifty times in one batch.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import httpx
import msgspec
import psutil  # type: ignore[import-untyped]  # it has no stubs

from assistant.access.hashes import new_key
from assistant.access.opening import open_access
from assistant.settings import Settings
from assistant.work.unpacking import MOST
from benchmarks.drafts import draft_of
from benchmarks.service_client import Outcome, Task

WORKERS, CALLERS, CONNECTIONS, ASKERS = 2, 2, 32, 100
GOAL_A_SECOND, GOAL_SHARE, GOAL_ASKED = 1_200, 0.2, 1.0
QUESTIONS = (
    "海关法第24条",
    "进口货物的申报期限是多久？",
    "滞报金怎么计算？",
    "What is trade mode 0110?",
    "报关单上的毛重怎么填？",
    "加工贸易手册核销期限",
    "哪些货物需要检验检疫？",
    "滞纳金的比例是多少？",
)
BATCH = 400
"""Drafts of the batch in which workers are killed."""


class Service(NamedTuple):
    """A service that runs."""

    port: int
    key: str
    process: int

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes that answer calls."""
        started = psutil.Process(self.process).children()
        return [each for each in started if "spawn_main" in " ".join(each.cmdline())]

    @property
    def processor_seconds(self) -> float:
        """Seconds of a processor that the workers have used together."""
        used = [each.cpu_times() for each in self.workers]
        return float(sum(each.user + each.system for each in used))

    @property
    def memory(self) -> int:
        """Bytes that the workers hold together."""
        return int(sum(each.memory_info().rss for each in self.workers))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for and print it."""
    told = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as service:
        if told.kills:
            _kill(service, told.kills, told.seed)
            return
        _load(service, told.seconds, Path(folder))
        _ask(service, Path(folder))
        if told.minutes:
            _drift(service, told.minutes, Path(folder))


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m benchmarks.service")
    made.add_argument("--seconds", type=float, default=20.0, help="of each load")
    made.add_argument("--minutes", type=float, default=0.0, help="of the load that shows drift")
    made.add_argument("--kills", type=int, default=0, help="how often a worker is killed")
    made.add_argument("--seed", type=int, default=5, help="of the moments of the kills")
    return made


def _load(service: Service, seconds: float, folder: Path) -> None:
    body = (draft_of(20),)
    before = service.memory
    _called(service, "/v1/audits", body, 2.0, folder)  # what is made at the first call is not paid
    audits, busy = _watched(service, "/v1/audits", body, seconds, folder)
    nothing, idle = _watched(service, "/noop", body, seconds, folder)
    share = _pace(audits) / _pace(nothing)
    _told("audits of 20 lines", audits, busy, f"goal {GOAL_A_SECOND}/s")
    _told("a route that does nothing", nothing, idle, "")
    print(f"share of it              {share:10.2f}   goal {GOAL_SHARE}")
    print(
        f"memory of the workers    {before / 1e6:.0f} MB before, {service.memory / 1e6:.0f} MB after"
    )


def _ask(service: Service, folder: Path) -> None:
    bodies = tuple(msgspec.json.encode({"question": each}) for each in QUESTIONS)
    asked = _called(service, "/v1/ask", bodies, 8.0, folder, ASKERS // CALLERS)
    waits = _waits(asked)
    print(
        f"{ASKERS} askers at once     {_pace(asked):10.0f}/s  p95 {_at(waits, 0.95):.3f} s  "
        f"goal {GOAL_ASKED} s  errors {_errors(asked)}"
    )


def _drift(service: Service, minutes: float, folder: Path) -> None:
    body = (draft_of(20),)
    _called(service, "/v1/audits", body, 20.0, folder)
    first = service.memory
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        part = min(60.0, max(until - time.monotonic(), 1.0))
        audits = _called(service, "/v1/audits", body, part, folder)
        now = service.memory
        print(
            f"{(until - time.monotonic()) / 60:5.1f} min left {_pace(audits):8.0f}/s  "
            f"errors {_errors(audits)}  {now / 1e6:.0f} MB  {now / first - 1:+.1%}",
            flush=True,
        )
    print(f"memory drift             {service.memory / first - 1:+.1%}   goal below 5.0%")


def _kill(service: Service, kills: int, seed: int) -> None:
    """Kill the workers at random moments while a batch runs, and look for what is lost or doubled."""
    chance = Random(seed)
    size = min(max(BATCH, kills * 200), MOST)
    lines = b"\n".join(_numbered(number) for number in range(size))
    told = {"Authorization": f"Bearer {service.key}", "Content-Type": "application/x-ndjson"}
    with httpx.Client(
        base_url=f"http://127.0.0.1:{service.port}", headers=told, timeout=60
    ) as client:
        sent = client.post("/v1/batches", content=lines)
        address = sent.raise_for_status().headers["location"]
        points = list(_killed(service, client, address, kills, chance))
        stood = _stood(client, address, lambda each: each["state"] == "finished")
        results = client.get(f"{address}/results").text.splitlines()
    told_of = [msgspec.json.decode(line) for line in results]
    numbers = [each["number"] for each in told_of if each["report"]]
    lost, doubled = size - len(set(numbers)), len(numbers) - len(set(numbers))
    print(f"{len(points)} kills in a batch of {size}, after {points} drafts: {stood['counts']}")
    print(f"lost {lost}, doubled {doubled}, in order {numbers == sorted(numbers)}")
    if lost or doubled:
        sys.exit(1)


def _killed(
    service: Service, client: httpx.Client, address: str, kills: int, chance: Random
) -> Iterator[int]:
    """Kill all workers as often as is wanted, each time once they came on; give how far they were."""
    done = 0
    for _ in range(kills):
        came_on = partial(_further, done)
        stood = _stood(client, address, came_on)
        if stood["state"] == "finished":
            return
        time.sleep(chance.uniform(0, 0.3))
        done = int(stood["done"])
        yield done
        for each in service.workers:
            os.kill(each.pid, signal.SIGKILL)


def _numbered(number: int) -> bytes:
    draft = msgspec.json.decode(draft_of(20))
    draft["header"]["client_seq_no"] = f"K{number:017}"
    return msgspec.json.encode(draft)


def _further(before: int, stood: dict[str, Any]) -> bool:
    return bool(stood["done"] > before)


def _stood(
    client: httpx.Client, address: str, enough: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """Wait until a batch stands as it should, or is finished, and return how it stands."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            stood: dict[str, Any] = client.get(address).raise_for_status().json()
        except httpx.HTTPError:  # all workers are dead at the moment
            time.sleep(0.05)
            continue
        if enough(stood) or stood["state"] == "finished":
            return stood
        time.sleep(0.02)
    sys.exit("the batch did not come on in two minutes")


def _called(
    service: Service,
    path: str,
    bodies: tuple[bytes, ...],
    seconds: float,
    folder: Path,
    connections: int = CONNECTIONS,
) -> list[Outcome]:
    """Let callers call, each in a process of its own, and return what came back to each."""
    task = Task(service.port, path, service.key, bodies, connections, seconds)
    given = folder / "task.json"
    given.write_bytes(msgspec.json.encode(task))
    results = [folder / f"result-{number}.json" for number in range(CALLERS)]
    program = (sys.executable, "-m", "benchmarks.service_client", str(given))
    started = [subprocess.Popen((*program, str(result))) for result in results]
    try:
        for process in started:
            process.wait(timeout=seconds + 60)
    finally:
        for process in started:
            process.kill()
    return [msgspec.json.decode(result.read_bytes(), type=Outcome) for result in results]


def _watched(
    service: Service, path: str, bodies: tuple[bytes, ...], seconds: float, folder: Path
) -> tuple[list[Outcome], float]:
    """Let callers call, and measure what a call costs the workers, in seconds of a processor.

    Whatever else runs on the machine slows the calls down, and does not make them dearer.
    """
    before = service.processor_seconds
    outcomes = _called(service, path, bodies, seconds, folder)
    used = service.processor_seconds - before
    return outcomes, used / max(sum(each.calls for each in outcomes), 1)


def _told(what: str, outcomes: list[Outcome], cost: float, goal: str) -> None:
    waits = _waits(outcomes)
    print(
        f"{what:25}{_pace(outcomes):10.0f}/s  p50 {_at(waits, 0.5) * 1000:.1f} ms  "
        f"p99 {_at(waits, 0.99) * 1000:.1f} ms  {cost * 1000:.2f} ms of a processor  "
        f"errors {_errors(outcomes)}  {goal}"
    )


def _pace(outcomes: list[Outcome]) -> float:
    return sum(each.calls / each.seconds for each in outcomes)


def _errors(outcomes: list[Outcome]) -> int:
    return sum(each.errors for each in outcomes)


def _waits(outcomes: list[Outcome]) -> list[float]:
    return sorted(wait for each in outcomes for wait in each.waits)


def _at(waits: list[float], share: float) -> float:
    return waits[min(int(len(waits) * share), len(waits) - 1)] if waits else float("nan")


@contextmanager
def _served(site: Path) -> Iterator[Service]:
    """Serve a fresh site without limits, in two workers, and give it with a key."""
    (site / "declarant.toml").write_text("[web]\ncalls_a_minute = 0\nlease_seconds = 2.0\n")
    key = _key(site)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    program = (sys.executable, "-m", "benchmarks.service_app", str(site), str(port), str(WORKERS))
    log = (site / "service.log").open("wb")
    with log, subprocess.Popen(program, stderr=log, stdout=log) as process:
        service = Service(port, key, process.pid)
        try:
            _wait_for(service)
            yield service
        finally:
            process.terminate()
            process.wait(timeout=40)


def _key(site: Path) -> str:
    with open_access(Settings.of(site)) as access:
        made = new_key(access.seal)
        access.keys.add(made.id, made.digest, "benchmark", ["ask", "audit", "admin"], "benchmark")
    return made.shown


def _wait_for(service: Service) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            if httpx.get(f"http://127.0.0.1:{service.port}/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    sys.exit("the service did not start")


if __name__ == "__main__":
    main()
