"""`python -m tests.soak.moved.up up`: the program itself, starting workers whose clock a test moves."""

from monitor import supervisor
from monitor.cli import main

supervisor.WORKERS = "tests.soak.moved.workers"
supervisor.ACCOUNTS = "tests.soak.moved.account"
main()
