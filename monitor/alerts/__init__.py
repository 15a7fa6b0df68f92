"""From judgements to what a desk is told, and what of it is new: pure, no clock, no tables."""

from monitor.alerts.changes import changes
from monitor.alerts.lines import alert_line
from monitor.alerts.raising import alerts_of, endings_of

__all__ = ["alert_line", "alerts_of", "changes", "endings_of"]
