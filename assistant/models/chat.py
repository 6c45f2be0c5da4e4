"""Any chat model, by way of LangChain: the only module that imports it.

An OpenAI-compatible server (DeepSeek, Qwen, vLLM) is `openai:NAME` with its address; Ollama is
`ollama:NAME`. The time limit is for the whole reply: a server that sends a word a minute is cut
off, and so is one that only keeps the line open.
"""

import re
import time
from collections.abc import Iterator
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread, local
from typing import Any

from assistant.models.model import ModelFailed, Prompt, Worded, tokens_of
from assistant.settings import ModelSettings

AT_ONCE = 8
"""Replies waited for at once; who comes then gets the composed answer."""
LONGEST = 8_000
"""Characters of a reply; nothing that was asked for is as long."""
THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
"""What some models write before their reply."""
OPENAI, OLLAMA = "https://api.openai.com/v1", "http://127.0.0.1:11434"
REFUSALS = {401: "key refused", 403: "key refused", 404: "no such model", 429: "too many requests"}
FAULTS = {
    "APIConnectionError": "not reachable",
    "ConnectError": "not reachable",
    "ConnectionError": "not reachable",
    "JSONDecodeError": "unreadable reply",
}
NEVER_ASKED = frozenset(("not reachable", "busy"))


class ChatModel:
    """A chat model behind LangChain."""

    def __init__(self, settings: ModelSettings) -> None:
        self.name = settings.name
        self.tokens_an_answer = settings.tokens_an_answer
        self._limit = settings.timeout_seconds
        self._now = local()
        self._slots = BoundedSemaphore(AT_ONCE)
        self._chat = _opened(settings, self._bounded)

    def complete(self, prompt: Prompt) -> Worded:
        """Return what the model writes.

        Raises:
            ModelFailed: it is down, too slow, refuses, or its reply cannot be read.
        """
        if not self._slots.acquire(blocking=False):
            raise ModelFailed("busy", free=True)
        seconds = self._limit * prompt.share
        reply: Future[Worded] = Future()
        # a thread that nobody waits for at the end: a server may hold it until its own limit
        Thread(target=self._work, args=(prompt, seconds, reply), daemon=True).start()
        try:
            return reply.result(seconds)
        except TimeoutError:
            raise ModelFailed("too slow") from None

    def _work(self, prompt: Prompt, seconds: float, reply: "Future[Worded]") -> None:
        self._now.until = time.monotonic() + seconds
        try:
            reply.set_result(self._streamed(prompt))
        except ModelFailed as fault:
            reply.set_exception(fault)
        except Exception as fault:  # every server fails in its own way, and none may cost an answer
            reply.set_exception(_told(fault))
        finally:
            self._slots.release()

    def _streamed(self, prompt: Prompt) -> Worded:
        from langsmith import tracing_context

        said, tokens = "", 0
        with tracing_context(
            enabled=False
        ):  # whatever the environment says, nothing goes elsewhere
            for chunk in self._chat.stream([("system", prompt.rules), ("human", prompt.data)]):
                said += _text(chunk.content)
                usage = getattr(chunk, "usage_metadata", None) or {}
                tokens = max(tokens, int(usage.get("total_tokens", 0)))  # some count as they go
                if len(said) > LONGEST:
                    raise ModelFailed("too long")
        text = THOUGHT.sub("", said).strip()
        if not text:
            raise ModelFailed("empty reply")
        return Worded(text, tokens or sum(map(tokens_of, (prompt.rules, prompt.data, said))))

    def _bounded(self, response: Any) -> None:
        """Let a response last no longer than the limit, even one that only keeps the line open."""
        read, until = response.iter_bytes, self._now.until

        def iter_bytes(*args: Any, **named: Any) -> Iterator[bytes]:
            for piece in read(*args, **named):
                if time.monotonic() > until:
                    raise ModelFailed("too slow")  # may come out wrapped in a client's own fault
                yield piece

        response.iter_bytes = iter_bytes


def _text(content: Any) -> str:
    """The words of a chunk: a string, or parts of which some are text."""
    if isinstance(content, str):
        return content
    parts = (part.get("text", "") for part in content if isinstance(part, dict))
    return "".join(part for part in parts if isinstance(part, str))


def _told(fault: Exception) -> ModelFailed:
    """A fault in a word or two of ours: its own words may hold a key, or what was asked."""
    status = getattr(fault, "status_code", None)
    if isinstance(status, int) and status > 0:
        return ModelFailed(REFUSALS.get(status, f"server fault {status}"), free=True)
    names = [kind.__name__ for kind in type(fault).__mro__]
    slow = any("Timeout" in name for name in names)
    why = "too slow" if slow else next((FAULTS[n] for n in names if n in FAULTS), names[0])
    return ModelFailed(why, free=why in NEVER_ASKED)


def _opened(settings: ModelSettings, bounded: Any) -> Any:
    try:
        from langchain.chat_models import init_chat_model

        return init_chat_model(settings.name, **_options(settings, bounded))
    except ImportError as missing:
        known = "pip install 'declarant[models]'"
        said = f"the language model {settings.name} needs a package that is missing ({missing}): {known}"
        raise ValueError(f"{said} / 使用语言模型须先安装：{known}") from None
    except ValueError:
        said = (
            f"{settings.name} cannot be opened; write it as openai:NAME or ollama:NAME (model.name)"
        )
        raise ValueError(
            f"{said} / 无法打开语言模型，名称要写成 openai:名称 或 ollama:名称"
        ) from None


def _options(settings: ModelSettings, bounded: Any) -> dict[str, Any]:
    options: dict[str, Any] = {"temperature": 0}
    hooks = {"response": [bounded]}
    provider = settings.name.partition(":")[0]
    if provider == "openai":
        import openai

        options |= {"timeout": settings.timeout_seconds, "max_retries": 0, "stream_usage": True}
        options |= {"use_responses_api": False, "base_url": settings.base_url or OPENAI}
        options["api_key"] = settings.api_key.get_secret_value() or "none"
        # in the words of the servers that are like OpenAI's: they know no max_completion_tokens
        options["extra_body"] = {"max_tokens": settings.tokens_an_answer}
        options["http_socket_options"] = ()  # else it opens a second client, and takes away proxies
        options["http_client"] = openai.DefaultHttpxClient(event_hooks=hooks)
        return options
    if provider == "ollama":
        waits = {"timeout": settings.timeout_seconds, "event_hooks": hooks}
        options |= {"base_url": settings.base_url or OLLAMA, "sync_client_kwargs": waits}
        return options | {"num_predict": settings.tokens_an_answer}
    own = {"base_url": settings.base_url, "api_key": settings.api_key.get_secret_value()}
    return options | {name: value for name, value in own.items() if value}
