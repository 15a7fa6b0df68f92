"""The sources with their health."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from monitor.queries import list_sources
from monitor.queries.sources import Condition
from monitor.web.page import PageOf

router = APIRouter()

LABELS = {
    Condition.FAILING: "failing",
    Condition.LATE: "late",
    Condition.READ: "read in time",
    Condition.QUIET: "quiet",
    Condition.UNVERIFIED: "not verified",
    Condition.PAUSED: "paused",
    Condition.EXAMPLE: "example",
}


@router.get("/sources", response_class=HTMLResponse)
def sources(
    page: PageOf,
    state: Annotated[Condition | None, Query()] = None,
    group: Annotated[str | None, Query(max_length=100)] = None,
) -> HTMLResponse:
    found = list_sources(page.session, page.now, condition=state, group=group)
    return page.render("sources.html.j2", found=found, state=state, group=group, labels=LABELS)
