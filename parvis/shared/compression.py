"""Pages are compressed on their way out; what is a zip already is not packed a second time.

Packing a large export again cost seconds of a page's thread for nothing, and hid from the browser how long it is.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = ("application/zip", "application/vnd.openxmlformats-officedocument", "image/", "font/", "video/")


class Compressed(GZipMiddleware):
    """Django's own, for what it can make smaller."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(PACKED):
            return response
        return super().process_response(request, response)
