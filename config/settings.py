"""Settings come from the environment: DATABASE_URL, REDIS_URL, COUNTERCLAIM_*. A wrong or unknown one is an error."""

import os
from collections.abc import Iterable
from datetime import timedelta
from difflib import get_close_matches
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.durations import parse_duration
from config.version import VERSION

PREFIX = "COUNTERCLAIM_"
NESTED = "__"
_PLAIN = frozenset({"database_url", "redis_url"})


class SettingsError(ValueError):
    """One line for each wrong variable, naming it."""


def _duration(given: object) -> object:
    if isinstance(given, str):
        return timedelta(seconds=float(given)) if given.replace(".", "", 1).isdigit() else parse_duration(given)
    return given


def _some_time(length: timedelta) -> timedelta:
    if length <= timedelta(0):
        raise ValueError("must be longer than nothing")
    return length


def _networks(given: object) -> object:
    if isinstance(given, str):
        given = given.split(",")
    if isinstance(given, Iterable):
        return tuple(ip_network(str(each).strip()) for each in given if str(each).strip())
    return given


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must be an http or https address without query")
    return url.rstrip("/")


def _scheme(*allowed: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        if urlsplit(secret.get_secret_value()).scheme not in allowed:
            raise ValueError(f"must begin with {' or '.join(f'{scheme}://' for scheme in allowed)}")
        return secret

    return AfterValidator(check)


def _host_and_port(given: str) -> str:
    host, _, port = given.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("must be host:port")
    return given


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"no such time zone: {name!r}") from error
    return name


Duration: TypeAlias = Annotated[timedelta, BeforeValidator(_duration), AfterValidator(_some_time)]
DatabaseUrl: TypeAlias = Annotated[SecretStr, _scheme("postgresql", "postgres", "postgresql+psycopg")]
RedisUrl: TypeAlias = Annotated[SecretStr, _scheme("redis", "rediss")]
Network: TypeAlias = IPv4Network | IPv6Network
Factor: TypeAlias = Annotated[float, Field(ge=1)]
Difference: TypeAlias = Annotated[float, Field(ge=0)]
Share: TypeAlias = Annotated[float, Field(gt=0, lt=1)]
Offset: TypeAlias = Annotated[timedelta, BeforeValidator(_duration), Field(ge=timedelta(0), le=timedelta(hours=14))]


class Thresholds(BaseModel):
    """Factors, differences and widths of the verdict rules (docs/verdicts.md), and when a reading or link is firm.

    The fields are those of `monitor.statements.Thresholds`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    factor: Factor = 1.5
    difference: Difference = 5
    lower_bound_factor: Factor = 3
    lower_bound_difference: Difference = 10
    soft_edge: Factor = 1.5
    about_share: Share = 0.1
    about_least: Difference = 1
    almost_share: Share = 0.9
    major_ratio: Factor = 2
    major_difference: Difference = 5
    notable_ratio: Factor = 1.25
    notable_difference: Difference = 2
    superseded_for: Duration = timedelta(hours=48)
    missing_for: Duration = timedelta(hours=24)
    silence_after: Duration = timedelta(hours=6)
    sure_reading: Share = 0.5
    firm_link: Share = 0.6
    suggested_link: Share = 0.45
    local_offset: Offset = timedelta(hours=3)


class Settings(BaseSettings):
    """What is given to the constructor wins over the environment; defaults run a desk on one machine."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter=NESTED, extra="forbid", frozen=True, validate_by_name=True,
        env_ignore_empty=True, nested_model_default_partial_update=True, hide_input_in_errors=True,
    )  # fmt: skip

    # Servers: none given means the embedded ones, which keep everything in the data folder.
    database_url: DatabaseUrl | None = Field(default=None, validation_alias="DATABASE_URL")
    redis_url: RedisUrl | None = Field(default=None, validation_alias="REDIS_URL")
    # Absolute from here on: the servers and workers run in other folders.
    data: Annotated[Path, AfterValidator(Path.absolute), Field(validate_default=True)] = Path("data")

    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8000
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "console", "json"] = "auto"
    # What an empty store begins with: the default channels and the example day, or nothing but the desk's own.
    first_start: Literal["defaults", "empty"] = "defaults"

    # The far end.
    preview_base: Annotated[str, AfterValidator(_web_address)] = "https://t.me"
    contact: str = ""
    allow_networks: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = ()
    connect_timeout: Duration = timedelta(seconds=10)
    read_timeout: Duration = timedelta(seconds=20)
    fetch_timeout: Duration = timedelta(seconds=60)
    max_body_bytes: Annotated[int, Field(ge=10_000)] = 10_000_000
    max_redirects: Annotated[int, Field(ge=0, le=20)] = 5

    # Polling.
    tick: Duration = timedelta(seconds=2)
    poll_default: Duration = timedelta(minutes=5)
    poll_min: Duration = timedelta(minutes=1)
    poll_max: Duration = timedelta(hours=6)
    feed_poll_min: Duration = timedelta(minutes=5)
    host_pace: Duration = timedelta(seconds=1)
    lease: Duration = timedelta(minutes=3)
    first_poll_posts: Annotated[int, Field(ge=1)] = 100
    first_poll_age: Duration = timedelta(days=7)
    confirm_deletion_after: Duration = timedelta(minutes=30)
    keep_bodies: Duration = timedelta(days=14)

    # Telegram by account (docs/telegram.md). Without an account its channels are read by their preview pages.
    telegram_api_id: Annotated[int, Field(ge=1)] | None = None
    telegram_api_hash: SecretStr | None = None
    telegram_server: Annotated[str, AfterValidator(_host_and_port)] | None = None
    telegram_server_key: Path | None = None
    session_key: SecretStr | None = None
    session_key_file: Path | None = None
    account_history_calls: Annotated[int, Field(ge=1)] = 24
    account_other_calls: Annotated[int, Field(ge=1)] = 24
    account_calls_window: Duration = timedelta(seconds=30)
    account_resolves_minute: Annotated[int, Field(ge=1)] = 5
    account_resolves_day: Annotated[int, Field(ge=1)] = 150
    account_channels: Annotated[int, Field(ge=1)] = 500
    account_lease: Duration = timedelta(minutes=1)
    account_call_timeout: Duration = timedelta(seconds=20)
    difference_every: Duration = timedelta(minutes=5)
    recheck_every: Duration = timedelta(hours=1)
    mass_deletion_after: Duration = timedelta(hours=24)

    # Stages.
    fetch_threads: Annotated[int, Field(ge=1, le=256)] = 16
    process_workers: Annotated[int, Field(ge=0, le=256)] = 0
    read_batch: Annotated[int, Field(ge=1, le=5000)] = 200
    max_attempts: Annotated[int, Field(ge=1, le=100)] = 3
    thresholds: Thresholds = Thresholds()

    @model_validator(mode="after")
    def _intervals_in_order(self) -> Self:
        if not self.poll_min <= self.poll_default <= self.poll_max:
            raise ValueError("poll_min, poll_default and poll_max must not fall in this order")
        return self

    @model_validator(mode="after")
    def _lease_outlasts_a_call(self) -> Self:
        if self.account_lease < 2 * self.account_call_timeout:
            raise ValueError("account_lease must be twice account_call_timeout at least, or two processes may call")
        return self

    @property
    def user_agent(self) -> str:
        return f"counterclaim/{VERSION} (+{self.contact})" if self.contact else f"counterclaim/{VERSION}"


def _variable(location: tuple[int | str, ...]) -> str:
    name = NESTED.join(str(step) for step in location)
    return name.upper() if name.lower() in _PLAIN else f"{PREFIX}{name}".upper()


def _known_variables() -> frozenset[str]:
    names = [_variable((name,)) for name in Settings.model_fields if name not in _PLAIN | {"thresholds"}]
    return frozenset([*names, *(_variable(("thresholds", name)) for name in Thresholds.model_fields)])


def _unknown(environ: Iterable[str]) -> list[str]:
    """pydantic-settings ignores a variable that it does not know: a typo would run the desk on a default."""
    known = _known_variables()
    lines = []
    for name in sorted(environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = get_close_matches(
                name.upper().removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1
            )
            lines.append(f"{name}: no such setting" + (f"; did you mean {PREFIX}{near[0]}?" if near else ""))
    return lines


def _wrong(error: ErrorDetails) -> str:
    return f"{_variable(error['loc']) if error['loc'] else 'settings'}: {error['msg'].removeprefix('Value error, ')}"


def load_settings(**given: Any) -> Settings:
    """Settings of the environment, overridden by what is given; `SettingsError` names all that is wrong at once."""
    problems = _unknown(os.environ)
    try:
        found = Settings(**given)
    except ValidationError as error:
        problems += [_wrong(each) for each in error.errors(include_url=False)]
        raise SettingsError("\n".join(problems)) from error
    if problems:
        raise SettingsError("\n".join(problems))
    return found


@cache
def settings() -> Settings:
    """The settings of this process."""
    return load_settings()
