"""One collector a kind of source."""

from typing import Final

from models.enums import SourceKind
from monitor.sources.archive import ArchiveCollector
from monitor.sources.collector import CollectorTable
from monitor.sources.feed import FeedCollector
from monitor.sources.page import PageCollector
from monitor.sources.preview import PreviewCollector
from monitor.sources.telegram.collector import TelegramCollector

COLLECTORS: Final[CollectorTable] = {
    SourceKind.TELEGRAM: TelegramCollector,
    SourceKind.PREVIEW: PreviewCollector,
    SourceKind.FEED: FeedCollector,
    SourceKind.PAGE: PageCollector,
    SourceKind.ARCHIVE: ArchiveCollector,
    SourceKind.EXAMPLE: ArchiveCollector,
}
