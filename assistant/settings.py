"""Every knob of a site, in one class: from the environment, or from `declarant.toml` in its folder."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.site import default_site

FILE = "declarant.toml"


class IndexSettings(BaseModel):
    """How things are found."""

    model_config = ConfigDict(extra="forbid")

    embedder: str = "shipped"
    """`shipped`, `none`, or a sentence-transformers model: a folder, or a name that is on disk."""
    store: str = "auto"
    """Where nearest vectors are sought: `auto`, `scan`, `chroma`, or a Chroma server's address."""
    cross_encoder: str = ""
    """A cross-encoder that orders the first hits anew: a folder, or a name that is on disk."""


class ModelSettings(BaseModel):
    """A language model that may word answers; without a name there is none."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())

    name: str = ""
    """As LangChain writes it: `openai:qwen-plus`, `ollama:qwen3`."""
    base_url: str = ""
    api_key: SecretStr = SecretStr("")
    timeout_seconds: float = 12.0
    """The extractive answer goes out where the model takes longer."""
    tokens_an_answer: int = 600
    tokens_a_chat_and_day: int = 20_000
    tokens_a_day: int = 500_000
    may_see_drafts: bool = False
    """Whether the content of drafts may be sent; names, numbers and prices are masked otherwise."""


class JournalSettings(BaseModel):
    """What is kept of questions."""

    model_config = ConfigDict(extra="forbid")

    keep: bool = True
    days: int = 365
    """Turns older than this are removed, their counts stay."""


class OpenIdSettings(BaseModel):
    """Logging in at the provider of an organisation (OpenID Connect); without an issuer, nowhere."""

    model_config = ConfigDict(extra="forbid")

    issuer: str = ""
    """Its address, as its discovery document names it: `https://id.example.com/realms/customs`."""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    redirect: str = ""
    """Our address it sends people back to: `https://declarant.example.com/log-in/openid/back`."""
    organisation: str = "local"
    """Whose people it knows: it lets nobody into another organisation."""
    name_claim: Literal["email", "preferred_username", "sub"] = "email"
    """What it calls somebody whom `declarant user create --openid` has entered."""
    new_people: bool = False
    """Whether people who were not entered may log in, as askers."""


class AccessSettings(BaseModel):
    """How people stay logged in."""

    model_config = ConfigDict(extra="forbid")

    idle_minutes: int = 120
    """Somebody who did nothing for so long logs in anew."""
    session_hours: int = 12
    """And so does everybody after so long."""
    openid: OpenIdSettings = OpenIdSettings()


class WebSettings(BaseModel):
    """How the service takes calls."""

    model_config = ConfigDict(extra="forbid")

    largest_body: int = 1_000_000
    """Bytes of a body, except those below; a longer one is refused unread."""
    largest_draft: int = 20_000_000
    """Bytes of a draft to audit."""
    largest_batch: int = 200_000_000
    """Bytes of a batch of drafts."""
    slowest_seconds: float = 15.0
    """A body may pause for so long, and take so long and a second more for every 20 kB in all."""
    calls_a_minute: int = 6_000
    """Of one key, in each worker process; 0 sets no limit."""
    calls_at_once: int = 300
    """Calls a key may make in a burst."""
    threads: int = 8
    """Questions answered at the same time by a worker process."""
    waiting: int = 400
    """Questions that may wait for a thread; others are told to come again."""
    lease_seconds: float = 30.0
    """A batch whose worker was silent for so long is taken over by another."""
    private_webhooks: bool = False
    """Whether webhooks may go to addresses of the site's own network, and without TLS."""
    proxies: str = "127.0.0.1"
    """Addresses of reverse proxies whose word on where a call comes from is taken, with commas."""
    metrics_folder: Path | None = None
    """Where several worker processes add up their metrics; the variable that prometheus_client
    reads names the same folder. Without it each process tells its own."""


class Settings(BaseSettings):
    """The settings of a site.

    Read from the environment (`DECLARANT_POLICY`, `DECLARANT_MODEL__NAME`), then from
    `declarant.toml` in the folder of the site.
    """

    model_config = SettingsConfigDict(
        env_prefix="DECLARANT_", env_nested_delimiter="__", extra="forbid"
    )

    site: Path = default_site()
    database: str = ""
    """A SQLAlchemy URL; by default a SQLite file in the folder of the site."""
    policy: Literal["strict", "normal", "lenient"] = "normal"
    index: IndexSettings = IndexSettings()
    model: ModelSettings = ModelSettings()
    journal: JournalSettings = JournalSettings()
    web: WebSettings = WebSettings()
    access: AccessSettings = AccessSettings()

    @property
    def database_url(self) -> str:
        """Where journal and cases are kept, as SQLAlchemy reads it."""
        return self.database or f"sqlite:///{self.site / 'declarant.db'}"

    @classmethod
    def of(cls, site: Path | None = None) -> "Settings":
        """Return the settings of a site, of the default one where none is named.

        Raises:
            pydantic.ValidationError: a setting is unknown, or has no allowed value.
        """
        home = site or cls().site
        file = home / FILE

        class Here(cls):  # type: ignore[valid-type, misc]
            @classmethod
            def settings_customise_sources(
                cls, settings_cls: type[BaseSettings], **sources: PydanticBaseSettingsSource
            ) -> tuple[PydanticBaseSettingsSource, ...]:
                toml = TomlConfigSettingsSource(settings_cls, toml_file=file)
                return sources["init_settings"], sources["env_settings"], toml

        held: Settings = Here(site=home)
        return held
