"""The pages. They read the store and show; only the form of an event changes something."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sqlalchemy.orm import Session, sessionmaker

from config.logs import configure_logs
from config.settings import settings
from models.session import sessions_for
from monitor.errors import BadInputError
from monitor.web import accounts, alert, alerts, errors, event, health, looking, post, sources, start, zone
from monitor.web.security import SecurityHeaders

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page needs: the store, the clock, the time zone of who has chosen none."""

    sessions: sessionmaker[Session]
    clock: Callable[[], datetime]
    zone: ZoneInfo


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    sessions: sessionmaker[Session] | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    time_zone: str | None = None,
) -> FastAPI:
    """The factory that uvicorn calls without arguments; then store and zone are those of the settings."""
    app = FastAPI(title="counterclaim", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(
        sessions=_by_settings() if sessions is None else sessions,
        clock=clock,
        zone=ZoneInfo(settings().time_zone if time_zone is None else time_zone),
    )
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for subject in (start, event, alerts, alert, post, sources, accounts, looking, zone, health):
        app.include_router(subject.router)
    errors.install(app)
    app.add_middleware(SecurityHeaders)
    return app


def _by_settings() -> sessionmaker[Session]:
    """In a process of its own, whose log lines are to look like those of the others."""
    configure_logs(settings().log_level, settings().log_format)
    url = settings().database_url
    if url is None:
        raise BadInputError("DATABASE_URL: the web pages need the address of the store; `counterclaim up` sets it")
    return sessions_for(url.get_secret_value())
