"""The service as its users start it: a process of its own, on a free port, with its log."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx

START = "from assistant.cli import main; main()"
SECONDS = 90


class Running(NamedTuple):
    """A service that runs."""

    process: subprocess.Popen[bytes]
    address: str
    log_file: Path

    @property
    def log(self) -> str:
        """What it logged up to now."""
        return self.log_file.read_text("utf-8")

    def stopped(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and return its exit code."""
        self.process.send_signal(by)
        return self.process.wait(60)


def command(*arguments: str | Path) -> list[str]:
    """Return how a command of the program is run."""
    return [sys.executable, "-c", START, *map(str, arguments)]


def program(*arguments: str | Path, **given: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the program to its end."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env={**os.environ, **given},
        check=False,
    )


@contextlib.contextmanager
def running(site: Path, *arguments: str, **given: str) -> Iterator[Running]:
    """Start the service of a site, wait until it is ready, and stop it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        log, said = Path(folder) / "log", Path(folder) / "said"
        with log.open("wb") as errors, said.open("wb") as output:
            process = subprocess.Popen(
                command("serve", "--site", site, "--port", "0", *arguments),
                stdout=output,
                stderr=errors,
                env={**os.environ, **given},
            )
            try:
                address = _address(process, said, log)
                yield Running(process, address, log)
            finally:
                if process.poll() is None:
                    process.terminate()
                    process.wait(60)


def _address(process: "subprocess.Popen[bytes]", said: Path, log: Path) -> str:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text("utf-8")
        found = re.search(r"http://\S+:\d+", said.read_text("utf-8"))
        if found:
            address = found[0].replace("0.0.0.0", "127.0.0.1")
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{address}/healthz", timeout=5).is_success:
                    return address
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))
