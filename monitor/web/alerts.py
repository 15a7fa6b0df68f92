"""The list of alerts, to work through."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from models.enums import AlertKind, AlertState, Severity
from monitor.queries.alert_list import AlertFilter, alert_list
from monitor.web.page import PageOf

router = APIRouter()

ANY = "any"
MOST_PAGES = 10_000
Choice = Annotated[str, Query(max_length=100)]


@router.get("/alerts", response_class=HTMLResponse)
def alerts(
    page: PageOf,
    state: Annotated[AlertState | str, Query(pattern=f"^({'|'.join(AlertState)}|{ANY})$")] = AlertState.OPEN,
    kind: Annotated[str, Query(pattern=f"^({'|'.join(AlertKind)})?$")] = "",
    severity: Annotated[str, Query(pattern=f"^({'|'.join(Severity)})?$")] = "",
    check: Annotated[str, Query(pattern="^(firm|check)?$")] = "",
    speaker: Choice = "",
    event: Choice = "",
    number: Annotated[int, Query(ge=1, le=MOST_PAGES, alias="page")] = 1,
) -> HTMLResponse:
    """What a form leaves empty is left open."""
    wanted = AlertFilter(
        state=None if state == ANY else AlertState(state),
        kind=AlertKind(kind) if kind else None,
        severity=Severity(severity) if severity else None,
        speaker=speaker.strip() or None,
        event=event.strip() or None,
        to_check={"firm": False, "check": True}.get(check),
    )
    chosen = {"state": state, "kind": kind, "severity": severity, "check": check, "speaker": speaker, "event": event}
    return page.render(
        "alerts.html.j2",
        found=alert_list(page.session, wanted, number),
        chosen=chosen,
        number=number,
        states=[*AlertState, ANY],
        kinds=list(AlertKind),
        severities=list(Severity),
        turn=lambda to: (
            "/alerts?" + urlencode({**{name: value for name, value in chosen.items() if value}, "page": to})
        ),
    )
