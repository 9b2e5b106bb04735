"""Which files of the npm packages pages may load. Everything else in ``node_modules`` stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage

NODE_MODULES = Path(settings.BASE) / "node_modules"

# address below /static/npm/ -> path in node_modules
FILES = {
    # the ground and the columns only: docs/decisions/0001-the-look.md
    "bootstrap-reboot.css": "bootstrap/dist/css/bootstrap-reboot.min.css",
    "bootstrap-reboot.rtl.css": "bootstrap/dist/css/bootstrap-reboot.rtl.min.css",
    "bootstrap-grid.css": "bootstrap/dist/css/bootstrap-grid.min.css",
    "bootstrap-grid.rtl.css": "bootstrap/dist/css/bootstrap-grid.rtl.min.css",
    "alpine-csp.js": "@alpinejs/csp/dist/cdn.min.js",
    "idb.js": "idb/build/umd.js",
} | {
    f"fonts/{name}": f"{package}/files/{name}"
    for package, names in {
        "@fontsource-variable/atkinson-hyperlegible-next": [
            "atkinson-hyperlegible-next-latin-wght-normal.woff2",
            "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
        ],
        "@fontsource/noto-sans": [
            f"noto-sans-{part}-{weight}-normal.woff2"
            for part in ("cyrillic", "cyrillic-ext")
            for weight in (400, 700)
        ],
        "@fontsource/noto-sans-arabic": [
            f"noto-sans-arabic-arabic-{weight}-normal.woff2" for weight in (400, 700)
        ],
    }.items()
    for name in names
}


SOURCE_MAP = re.compile(rb"(?m)^(/\*#|//#) sourceMappingURL=.*$")


class NpmStorage(FileSystemStorage):
    """Reads each address of :data:`FILES` from its place in ``node_modules``, without the pointer to its source map."""

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        content = Path(self.path(name)).read_bytes()
        if name.endswith((".css", ".js")):
            content = SOURCE_MAP.sub(b"", content)
        return ContentFile(content, name=name)

    def path(self, name: str) -> str:
        return str(NODE_MODULES / FILES[name.removeprefix("npm/")])


class NpmFinder(BaseFinder):
    """Offers :data:`FILES` as static files under ``npm/``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = NpmStorage(location=NODE_MODULES)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [path for path in FILES.values() if not (NODE_MODULES / path).exists()]
        return [Error(f"npm package file missing: {path}", hint="make setup") for path in missing]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = (
            [self.storage.path(path)]
            if path.removeprefix("npm/") in FILES and path.startswith("npm/")
            else []
        )
        return found if find_all else (found[0] if found else None)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for address in FILES:
            yield f"npm/{address}", self.storage
