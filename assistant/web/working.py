"""Work that takes a while, done in a bounded number of threads so that the service stays awake."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from assistant.web.problems import Problem
from knowledge.text import Text

Result = TypeVar("Result")
BUSY = Text("排队的请求过多", "Too many calls are waiting")


class Work:
    """Threads for synchronous work; what cannot soon be done is refused at once."""

    def __init__(self, threads: int, waiting: int) -> None:
        self._limiter = CapacityLimiter(threads)
        self._most = waiting

    async def do(self, work: Callable[[], Result]) -> Result:
        """Return what some work returns, done in a thread.

        Raises:
            Problem: too much work is waiting already.
        """
        if self._limiter.statistics().tasks_waiting >= self._most:
            raise Problem("unavailable", BUSY, {"Retry-After": "1"})
        return await to_thread.run_sync(work, limiter=self._limiter)
