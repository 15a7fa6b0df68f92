"""One event: all its figures, by what is counted, each group with its chart; and what people decide about it."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from monitor.errors import BadInputError
from monitor.pipeline.deciding import Ground
from monitor.queries import event_page, heir_of
from monitor.queries.events import EventPage
from monitor.web.chart import NARROW, WIDE, draw, letters_for, speaker_of
from monitor.web.deciding import Decision, decide
from monitor.web.forms import Posted, PostedForm, token_of, with_token
from monitor.web.page import Page, PageOf, setup_of

router = APIRouter()

Id = Annotated[str, Path(pattern=r"^[^\x00]{1,200}$")]
BY = "by"
A_YEAR = 365 * 86_400


@router.get("/events/{event_id}", response_class=HTMLResponse, response_model=None)
def event(
    page: PageOf, event_id: Id, decided: Annotated[int | None, Query()] = None
) -> HTMLResponse | RedirectResponse:
    """An event that a decision has merged into another leads there."""
    found = event_page(page.session, event_id)
    if found is not None:
        return _show(page, found, decided=decided)
    heir = heir_of(page.session, event_id)
    if heir is None:
        raise HTTPException(404)
    return RedirectResponse(f"/events/{heir}", status_code=303)


@router.post("/events/{event_id}", response_class=HTMLResponse, response_model=None)
def decide_on(page: PageOf, form: PostedForm, event_id: Id, request: Request) -> HTMLResponse | RedirectResponse:
    """What was decided is written at once; joining follows within seconds. What makes no sense is told on the page."""
    try:
        decision = Decision.of(form, event_id)
        setup = setup_of(request)
        with setup.transaction() as session:
            done = decide(session, setup, decision, Ground(form.one(BY), form.one("reason")))
    except BadInputError as error:
        found = event_page(page.session, event_id)
        if found is None:
            raise HTTPException(404) from error
        return _show(page, found, status=422, problem=str(error), entered=form)
    answer = RedirectResponse(f"/events/{event_id}?decided={done.id}#decisions", status_code=303)
    answer.set_cookie(BY, form.one(BY).encode("unicode_escape").decode(), max_age=A_YEAR, httponly=True, samesite="lax")
    return answer


def _show(
    page: Page,
    found: EventPage,
    *,
    status: int = 200,
    decided: int | None = None,
    problem: str | None = None,
    entered: Posted | None = None,
) -> HTMLResponse:
    token = token_of(page.request)
    answer = page.render(
        "event.html.j2",
        status,
        found=found,
        charts=[[draw(group.statements, frame, page.zone) for frame in (WIDE, NARROW)] for group in found.groups],
        letters=[letters_for(group.statements) for group in found.groups],
        speaker_of=speaker_of,
        token=token,
        decided=decided,
        problem=problem,
        by=_name(page.request) if entered is None else entered.one(BY),
        reason="" if entered is None else entered.one("reason"),
        marked=frozenset(() if entered is None else entered.all("figure")),
    )
    with_token(answer, page.request, token)
    return answer


def _name(request: Request) -> str:
    """Whoever decided last in this browser; cookies hold ASCII alone."""
    try:
        return request.cookies.get(BY, "").encode().decode("unicode_escape")
    except UnicodeDecodeError:
        return ""
