"""What contradicts what: pure rules, no clock, no tables. One door: `judge`."""

from monitor.verdicts.intervals import span_of
from monitor.verdicts.judging import judge

__all__ = ["judge", "span_of"]
