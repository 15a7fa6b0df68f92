"""Speakers' records, the ledger of totals, and what does not go as it should."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from models.enums import Measure
from monitor.queries.record import FEWEST_EVENTS, records
from monitor.queries.totals import totals
from monitor.queries.troubles import COUNTED, troubles
from monitor.web.page import PageOf

router = APIRouter()

OneOf = Annotated[str, Query(max_length=100)]
MeasureChoice = Annotated[str, Query(pattern=f"^({'|'.join(Measure)})?$")]


@router.get("/record", response_class=HTMLResponse)
def record(page: PageOf, speaker: OneOf = "", side: OneOf = "", measure: MeasureChoice = "") -> HTMLResponse:
    counted = Measure(measure) if measure else None
    found = records(page.session, speaker=speaker or None, side=side or None, measure=counted)
    return page.render("record.html.j2", found=found, measure=measure, choices=list(Measure), fewest=FEWEST_EVENTS)


@router.get("/totals", response_class=HTMLResponse)
def ledger(page: PageOf, side: OneOf = "", measure: MeasureChoice = "") -> HTMLResponse:
    found = totals(page.session, side=side or None, measure=Measure(measure) if measure else None)
    return page.render("totals.html.j2", found=found, measure=measure, choices=list(Measure))


@router.get("/health", response_class=HTMLResponse)
def health(page: PageOf) -> HTMLResponse:
    return page.render("health.html.j2", found=troubles(page.session), counted=COUNTED)
