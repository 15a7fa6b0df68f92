"""One event: all its figures, by what is counted, each group with its chart."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse

from monitor.queries import event_page
from monitor.web.chart import NARROW, WIDE, draw, letters_for, speaker_of
from monitor.web.page import PageOf

router = APIRouter()

Id = Annotated[str, Path(pattern=r"^[^\x00]{1,200}$")]


@router.get("/events/{event_id}", response_class=HTMLResponse)
def event(page: PageOf, event_id: Id) -> HTMLResponse:
    found = event_page(page.session, event_id)
    if found is None:
        raise HTTPException(404)
    charts = [[draw(group.statements, frame, page.zone) for frame in (WIDE, NARROW)] for group in found.groups]
    return page.render(
        "event.html.j2",
        found=found,
        charts=charts,
        letters=[letters_for(group.statements) for group in found.groups],
        speaker_of=speaker_of,
    )
