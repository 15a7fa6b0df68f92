"""All tables, imported so that the metadata is whole wherever it is used."""

from models.alert import AlertHistory, AlertPost, AlertRow
from models.base import Base
from models.event import EventFigure, EventRow
from models.figure import FigureRow
from models.post import Post, PostMedia, PostVersion
from models.source import Fetch, Heartbeat, Host, Issue, PollRun, SideRow, Source, SpeakerRow

__all__ = [
    "AlertHistory", "AlertPost", "AlertRow", "Base", "EventFigure", "EventRow", "Fetch", "FigureRow", "Heartbeat",
    "Host", "Issue", "PollRun", "Post", "PostMedia", "PostVersion", "SideRow", "Source", "SpeakerRow",
]  # fmt: skip
