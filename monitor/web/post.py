"""One post: every text seen of it, what changed between them, the figures marked where they stand."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse

from models.enums import ReadState
from monitor.queries import post_page
from monitor.web.page import PageOf
from monitor.web.passages import changes, marked

router = APIRouter()
MOST_ID = 2**63 - 1
UNREAD = {
    ReadState.UNREAD: "Not read for figures yet.",
    ReadState.FAILED: "Could not be read for figures.",
    ReadState.DEAD: "Could not be read for figures; it is not tried again.",
}


@router.get("/posts/{post_id}", response_class=HTMLResponse)
def post(page: PageOf, post_id: Annotated[int, Path(ge=1, le=MOST_ID)]) -> HTMLResponse:
    found = post_page(page.session, post_id)
    if found is None:
        raise HTTPException(404)
    newest, *older = found.versions
    edits = [(new, changes(old.text, new.text)) for new, old in zip(found.versions, older, strict=False)]
    return page.render("post.html.j2", found=found, newest=newest, passages=marked(newest), edits=edits, UNREAD=UNREAD)
