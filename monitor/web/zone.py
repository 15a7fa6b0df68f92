"""The reader's time zone: a cookie set by a small form, no more than a label on times."""

from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

COOKIE = "zone"
A_YEAR = 365 * 86_400
ZONES = {
    "UTC": "UTC",
    "Europe/Kyiv": "Kyiv",
    "Europe/Moscow": "Moscow",
    "Europe/London": "London",
    "America/New_York": "New York",
}

router = APIRouter()


@router.get("/zone")
def choose(zone: Annotated[str, Query()], back: Annotated[str, Query()] = "/") -> RedirectResponse:
    answer = RedirectResponse(_own_path(back), status_code=303)
    if zone in ZONES:
        answer.set_cookie(COOKIE, zone, max_age=A_YEAR, httponly=True, samesite="lax")
    return answer


def chosen_zone(request: Request, default: ZoneInfo) -> ZoneInfo:
    named = request.cookies.get(COOKIE)
    return ZoneInfo(named) if named in ZONES else default


def _own_path(address: str) -> str:
    """Only a path of ours: '//other.host' and '/\\other.host' lead away."""
    parts = urlsplit(address) if address.startswith("/") and "\\" not in address else None
    safe = parts is not None and not parts.scheme and not parts.netloc and address.isprintable()
    return address if safe else "/"
