"""All tables, imported so that the metadata is whole wherever it is used."""

from models.account import Account, AccountCall, AccountPeer, Backfill, GapRow
from models.alert import AlertHistory, AlertPost, AlertRow
from models.base import Base
from models.decision import DecisionFigure, DecisionRow
from models.event import EventFigure, EventRow
from models.figure import FigureRow
from models.post import Post, PostMedia, PostVersion
from models.rereading import Rereading
from models.source import Fetch, Heartbeat, Host, Issue, PollRun, SideRow, Source, SpeakerRow

__all__ = [
    "Account", "AccountCall", "AccountPeer", "AlertHistory", "AlertPost", "AlertRow", "Backfill", "Base",
    "DecisionFigure", "DecisionRow", "EventFigure", "EventRow", "Fetch", "FigureRow", "GapRow", "Heartbeat", "Host",
    "Issue", "PollRun", "Post", "PostMedia", "PostVersion", "Rereading", "SideRow", "Source", "SpeakerRow",
]  # fmt: skip
