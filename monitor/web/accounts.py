"""The Telegram accounts: who reads how many channels, what waits, where posts may be missing."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from config.settings import settings
from models.enums import AccountState, BackfillState, GapKind, GapState, Method
from monitor.queries.accounts import list_accounts, list_backfills, list_gaps
from monitor.web.page import PageOf

router = APIRouter()

SHOWN_GAPS = 100
METHODS = {
    Method.RESOLVE: "finding channels by their handles",
    Method.HISTORY: "reading posts",
    Method.DIFFERENCE: "asking for edits and deletions",
    Method.MESSAGES: "looking at single posts again",
}
STATES = {AccountState.ACTIVE: "in use", AccountState.DEAD: "dead"}
KINDS = {
    GapKind.LEADING: "news not read yet",
    GapKind.IDS: "numbers without a post",
    GapKind.DEAD: "a time without a poll",
}
GAP_STATES = {GapState.OPEN: "open", GapState.FILLED: "read again", GapState.EMPTY: "no post there"}
BACKFILLS = {BackfillState.RUNNING: "under way", BackfillState.DONE: "done", BackfillState.STOPPED: "stopped"}


@router.get("/accounts", response_class=HTMLResponse)
def accounts(page: PageOf) -> HTMLResponse:
    return page.render(
        "accounts.html.j2",
        accounts=list_accounts(page.session, page.now, settings()),
        gaps=list_gaps(page.session, limit=SHOWN_GAPS),
        backfills=list_backfills(page.session),
        methods=METHODS,
        states=STATES,
        kinds=KINDS,
        gap_states=GAP_STATES,
        backfill_states=BACKFILLS,
    )
