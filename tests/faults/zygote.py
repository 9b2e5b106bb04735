"""Starts the real server again and again, quickly: Parvis is loaded once, each server is a fork that can be killed.

``python zygote.py PORT``: each line on standard input starts a server, answered with its process id.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

from django.core.management import call_command
from django.urls import get_resolver

import parvis.config.asgi  # noqa: F401  loaded before the fork, started after it

if __name__ == "__main__":
    assert get_resolver().url_patterns  # so that views are loaded, too
    for _line in sys.stdin:
        if (pid := os.fork()) == 0:
            sys.stdin.close()
            call_command("serve", port=int(sys.argv[1]))
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        os.waitpid(pid, 0)
