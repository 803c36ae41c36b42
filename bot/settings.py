"""What differs between machines: read from the environment or .env, refused with a clear word when it cannot work."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MOST_PORT = 65535
# A file's name, or as SQLAlchemy reads an address: a port is a number, the rest is the server's to judge.
_DATABASE = re.compile(
    r"sqlite\+aiosqlite:///.+|postgresql\+asyncpg://([^:/]*(:[^@]*)?@)?(\[[^/?]+\]|[^/:?]+)?(:\d+)?(/[^?]*)?(\?.*)?"
)
_QUIET = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")


class Settings(BaseSettings):
    """The contract's settings; .env.example explains each."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    bot_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///data/bot.sqlite3"
    data_dir: Path = Path("data")
    journal_dir: Path = Path("data/journal")
    time_zone: str = "Europe/Moscow"
    locale: Literal["ru", "en"] = "ru"
    quiet_hours: str = "21:00-07:00"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8081"
    public_url: str | None = None
    send_rate: int = Field(default=30, ge=1, le=10_000)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("telegram_api", "public_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value and not re.match(r"https?://[^/\s]+", value):
            raise ValueError("an address such as https://example.org is expected")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if not _DATABASE.fullmatch(value):
            raise ValueError("sqlite+aiosqlite:///FILE or postgresql+asyncpg://… is expected")
        return value

    @field_validator("time_zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: «Europe», a folder of zones
            raise ValueError("a zone such as Europe/Moscow is expected") from None
        return value

    @field_validator("quiet_hours")
    @classmethod
    def _is_quiet(cls, value: str) -> str:
        parse_quiet(value)
        return value

    @field_validator("listen")
    @classmethod
    def _is_listen(cls, value: str) -> str:
        if not re.fullmatch(r"[^:\s]+:\d{1,5}", value) or int(value.rpartition(":")[2]) > MOST_PORT:
            raise ValueError("HOST:PORT is expected, e.g. 127.0.0.1:8081")
        return value

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if bool(self.webhook_url) != bool(self.webhook_secret):
            raise ValueError("WEBHOOK_URL and WEBHOOK_SECRET go together: set both (webhook) or neither (long polling)")
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def quiet(self) -> tuple[time, time]:
        return parse_quiet(self.quiet_hours)


def parse_quiet(text: str) -> tuple[time, time]:
    """«21:00-07:00» as two times; ValueError says what is expected."""
    match = _QUIET.fullmatch(text.strip())
    try:
        if match is not None:
            return time.fromisoformat(match[1].zfill(5)), time.fromisoformat(match[2].zfill(5))
    except ValueError:  # 25:00
        pass
    raise ValueError("HH:MM-HH:MM is expected, e.g. 21:00-07:00")


class SettingsRefused(Exception):  # noqa: N818 - an answer, not an error
    """The settings cannot work; the message is one line for a person."""


def read_settings(**over: object) -> Settings:
    """Settings from the environment and .env; SettingsRefused names the setting and what is expected."""
    try:
        return Settings(**over)  # type: ignore[arg-type]
    except ValidationError as refused:
        first = refused.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else ""
        what = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsRefused(f"{name}: {what}" if name else what) from None
    except UnicodeDecodeError:
        raise SettingsRefused(".env is not written in UTF-8: save it anew in that encoding") from None
    except OSError as error:
        raise SettingsRefused(f"{error.filename or '.env'}: {error.strerror}") from None
