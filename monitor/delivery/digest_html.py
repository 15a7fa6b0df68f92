"""The digest as one HTML document fit for mail: tables, inline styles, no scripts, nothing fetched."""

from datetime import UTC, tzinfo
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.digests import hygiene, telling, wording
from monitor.digests.values import Digest


def digest_html(digest: Digest, zone: tzinfo = UTC) -> str:
    return _environment().get_template("digest.html.j2").render(digest=digest, zone=zone)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("monitor.delivery"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(telling=telling, wording=wording)
    environment.filters.update(clean=hygiene.clean, line=hygiene.one_line, link=hygiene.web_link)
    return environment
