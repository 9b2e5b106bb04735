"""Pages whose figures have no files yet, the first day after an upgrade above all: they say so, and when to come back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.statistics.facts.fresh import BeingPrepared

COME_BACK = 120  # seconds


class Preparing:
    """Instead of a page that would keep its reader waiting for minutes. What is asked of the worker is asked already."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, BeingPrepared):
            return None
        response = render(request, "statistics/preparing.html", status=503)
        response["Retry-After"] = str(COME_BACK)
        return response
