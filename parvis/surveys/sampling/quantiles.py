"""Quantiles of Student's t, without a library of a hundred megabytes."""

from __future__ import annotations

from functools import cache
from math import cos, expm1, pi, sqrt
from statistics import NormalDist


@cache
def t_quantile(level: float, freedom: float) -> float:
    """The value that |t| stays below with probability ``level``: Hill, Algorithm 396, Comm. ACM 13 (1970)."""
    two_tails = 1 - level
    n = max(1.0, freedom)
    if n == 1:
        return cos(two_tails * pi / 2) / sqrt(1 - cos(two_tails * pi / 2) ** 2)
    if n == 2:
        return sqrt(2 / (two_tails * (2 - two_tails)) - 2)
    a = 1 / (n - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * n
    y = (d * two_tails) ** (2 / n)
    if y > 0.05 + a:
        return sqrt(n * expm1(_by_normal(two_tails, n, a=a, b=b, c=c, d=d)))
    y = ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) * (n + 1) / (
        n + 2
    ) + 1 / y
    return sqrt(n * y)


def _by_normal(two_tails: float, n: float, *, a: float, b: float, c: float, d: float) -> float:
    """An expansion around the normal quantile."""
    x = NormalDist().inv_cdf(two_tails / 2)
    y = x**2
    if n < 5:
        c += 0.3 * (n - 4.5) * (x + 0.6)
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    return a * y**2
