"""The start page: the digest of a chosen period."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from monitor.queries import digest
from monitor.web.page import PageOf

router = APIRouter()


class PeriodChoice(StrEnum):
    DAY = "24h"
    THREE_DAYS = "3d"
    WEEK = "7d"
    ALL = "all"


LENGTHS = {
    PeriodChoice.DAY: timedelta(days=1),
    PeriodChoice.THREE_DAYS: timedelta(days=3),
    PeriodChoice.WEEK: timedelta(days=7),
}
LABELS = {
    PeriodChoice.DAY: "24 hours",
    PeriodChoice.THREE_DAYS: "3 days",
    PeriodChoice.WEEK: "7 days",
    PeriodChoice.ALL: "All",
}


@router.get("/", response_class=HTMLResponse)
def start(page: PageOf, period: Annotated[PeriodChoice, Query()] = PeriodChoice.DAY) -> HTMLResponse:
    length = LENGTHS.get(period)
    found = digest(page.session, None if length is None else page.now - length, page.now)
    return page.render("start.html.j2", digest=found, chosen=period, periods=LABELS)
