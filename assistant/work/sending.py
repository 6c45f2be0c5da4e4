"""Sends one message to the one address that was looked at, and follows no redirect."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping

from assistant.work.addresses import Target

SECONDS = 15.0
"""A receiver that takes longer is tried again later."""


class NotSent(Exception):
    """No answer came; says what went wrong, in a word or two."""


def post(
    target: Target,
    address: str,
    payload: bytes,
    headers: Mapping[str, str],
    *,
    seconds: float = SECONDS,
    trusted: ssl.SSLContext | None = None,
) -> int:
    """Send a message and return the status of the answer; what else it says is not read.

    Args:
        target: whom it is for.
        address: the address to connect to; the host's name is only told to the receiver.
        payload: the body.
        headers: what goes with it.
        seconds: that it may take in all.
        trusted: whose certificates are trusted, where that is not the system's choice.

    Raises:
        NotSent: there was no answer.
    """
    context = (trusted or ssl.create_default_context()) if target.secure else None
    connection = _ToAddress(target, address, seconds, context)
    deadline = threading.Timer(seconds, connection.cut)
    deadline.daemon = True
    deadline.start()
    try:
        told = {"Host": target.named, "Connection": "close", **headers}
        connection.request("POST", target.path, payload, told)
        return connection.getresponse().status
    except ssl.SSLError as fault:
        raise NotSent(f"TLS: {fault.reason or type(fault).__name__}") from None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        late = connection.late or isinstance(fault, TimeoutError)
        raise NotSent("no answer in time" if late else type(fault).__name__) from None
    finally:
        deadline.cancel()
        connection.close()


class _ToAddress(http.client.HTTPConnection):
    """A connection to an address, in the name of a host."""

    def __init__(
        self, target: Target, address: str, seconds: float, context: ssl.SSLContext | None
    ) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._address = address
        self._seconds = seconds
        self._context = context
        self.late = False

    def connect(self) -> None:
        """Connect, and prove that the receiver is the host."""
        bare = socket.create_connection((self._address, self.port), self._seconds)
        self.sock = bare
        if self._context:
            self.sock = self._context.wrap_socket(bare, server_hostname=self.host)

    def cut(self) -> None:
        """Break off: a receiver that says a byte now and then would hold a worker for hours."""
        self.late = True
        if self.sock:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
