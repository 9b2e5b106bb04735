"""``manage.py serve``: the web server of a centre."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Serves Parvis: pages and live events, without an access log (addresses of tickets are secrets)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=1, help="one for each core at most")

    def handle(self, *args: Any, **options: Any) -> None:
        uvicorn.run(
            "parvis.config.asgi:application",
            host=options["host"],
            port=options["port"],
            workers=options["processes"],
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="on",
            access_log=False,
            log_config=None,  # what fails while a page is sent is written as discreetly as the rest
            log_level="warning",
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=10,
        )
