"""One alert: both quotes, both intervals, the rule, the history."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse

from monitor.queries import alert_page
from monitor.web.compare import NARROW, WIDE, compare
from monitor.web.page import PageOf

router = APIRouter()


@router.get("/alerts/{alert_id}", response_class=HTMLResponse)
def alert(page: PageOf, alert_id: Annotated[str, Path(pattern=r"^[^\x00]{1,200}$")]) -> HTMLResponse:
    found = alert_page(page.session, alert_id)
    if found is None:
        raise HTTPException(404)
    return page.render("alert.html.j2", finding=found, comparisons=[compare(found, width) for width in (WIDE, NARROW)])
