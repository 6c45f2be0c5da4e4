"""What is counted of calls, for Prometheus.

Each process counts for itself. Where a folder is named and prometheus_client's own variable names
it too, before the processes start, the processes add up.
"""

from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
FORM = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counters of one process."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self.registry = CollectorRegistry()
        self._calls = Counter(
            "declarant_calls",
            "Calls answered, by route",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "declarant_call_seconds",
            "Time until a call was answered",
            ("route",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._answers = Counter(
            "declarant_answers",
            "Answers by channel and status",
            ("channel", "status"),
            registry=self.registry,
        )
        self._open = Gauge(
            "declarant_calls_open",
            "Calls being answered now",
            registry=self.registry,
            multiprocess_mode="livesum",
        )

    def began(self) -> None:
        """Count a call that begins."""
        self._open.inc()

    def ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a call that ended."""
        self._open.dec()
        self._calls.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, channel: str, status: str) -> None:
        """Count an answer."""
        self._answers.labels(channel, status).inc()

    def told(self) -> bytes:
        """Return what Prometheus reads: of all processes where they add up, else of this one."""
        if self._folder is None:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together, path=str(self._folder))  # type: ignore[no-untyped-call]
        return generate_latest(together)
