"""What pages, commands and mails show: rows in, values out. Nothing here writes."""

from monitor.queries.alerts import alert_page, alerts
from monitor.queries.decisions import heir_of
from monitor.queries.digest import digest
from monitor.queries.events import event_page
from monitor.queries.health import collecting, coverage
from monitor.queries.posts import post_page
from monitor.queries.sources import list_sources

__all__ = [
    "alert_page",
    "alerts",
    "collecting",
    "coverage",
    "digest",
    "event_page",
    "heir_of",
    "list_sources",
    "post_page",
]
