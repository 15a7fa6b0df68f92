"""What a page has at hand: a session that cannot write, one `now`, the reader's zone, and how to render."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy.orm import Session

from config.settings import settings
from monitor.digests import hygiene, telling, wording
from monitor.pipeline.setup import Setup
from monitor.queries import collecting
from monitor.web.zone import ZONES, chosen_zone

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Page:
    """One request's view of the desk."""

    request: Request
    session: Session
    now: datetime
    zone: ZoneInfo

    def render(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        heart = collecting(self.session, self.now)
        return render(template, self.request, status, zone=self.zone, now=self.now, heart=heart, **values)


def _page(request: Request) -> Iterator[Page]:
    desk = request.app.state.desk
    with desk.sessions() as session:
        session.connection(execution_options={"postgresql_readonly": True})
        yield Page(request, session, desk.clock(), chosen_zone(request, desk.zone))


def setup_of(request: Request) -> Setup:
    """For what changes the store: the pages' own session cannot write."""
    desk = request.app.state.desk
    return Setup(desk.sessions, settings(), now=desk.clock)


PageOf = Annotated[Page, Depends(_page)]


def render(template: str, request: Request, status: int = 200, **values: Any) -> HTMLResponse:
    """Also for pages that must not ask the store, such as that of an error."""
    shown = {"heart": None, "path": request.url.path, "zones": ZONES, "zone": None} | values
    return HTMLResponse(environment().get_template(template).render(shown), status)


@cache
def environment() -> Environment:
    found = Environment(
        loader=PackageLoader("monitor.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(telling=telling, wording=wording, stylesheet=_stylesheet())
    found.filters.update(clean=hygiene.clean, line=hygiene.one_line, link=hygiene.web_link, when=when, point=_point)
    return found


def when(moment: datetime | None, zone: ZoneInfo) -> Markup:
    """A time that machines read as UTC and people in their zone."""
    if moment is None:
        return Markup("time unknown")
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), telling.stamp(moment, zone))


def _point(value: float) -> str:
    return f"{value:.1f}"


def _stylesheet() -> str:
    """Its address changes with its content, so that browsers may keep it for ever."""
    return f"/static/desk.css?v={sha256((STATIC / 'desk.css').read_bytes()).hexdigest()[:12]}"
