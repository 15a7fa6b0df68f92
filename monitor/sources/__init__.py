"""One collector a kind of source."""

from typing import Final

from monitor.sources.collector import CollectorTable

COLLECTORS: Final[CollectorTable] = {}
