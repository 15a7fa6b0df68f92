"""`python -m models.migrations.revise URL "what"` makes the next revision: what the models have and URL has not."""

import sys

from alembic import command

from models import migrations
from models.session import engine_for


def revise(url: str, message: str) -> None:
    migrations.migrate(url)
    number = f"{int(migrations.newest_revision() or '0') + 1:04d}"
    with engine_for(url).begin() as connection:
        command.revision(migrations.config_for(connection), message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    revise(*sys.argv[1:3])
