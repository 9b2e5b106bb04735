"""One public shift-scheduling instance: ``make bench NAME=rota ARGS="--instance FILE"``. bench/rota.py calls it.

Beside what was reached: the best penalty that is known (schedulingbenchmarks.org). The roster is scored from the published
rules, apart from the model.
"""

from __future__ import annotations

import resource
from pathlib import Path

from parvis.rota.planning.public_instances import NotAnInstance, read
from parvis.rota.planning.public_rosters import exact, plan_instance

BEST_KNOWN = {"Instance1": 607, "Instance2": 828, "Instance3": 1001, "Instance4": 1716}
LIMIT = 300.0  # seconds


def run(path: Path, seconds: float = LIMIT) -> bool:
    """Reads, plans, scores and prints one instance; whether it is proven, keeps every rule and is as good as the best known."""
    try:
        instance = read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, NotAnInstance) as why:
        print(f"{path}: {why}")
        return False
    print(f"{path.name}: {instance.days} days, {len(instance.shifts)} shifts, {len(instance.staff)} people")
    found = plan_instance(instance, exact(seconds))
    if found.score is None:
        print("no roster keeps every rule" if found.proven else f"no roster within {found.seconds:.0f} s")
        return False
    best = BEST_KNOWN.get(path.stem)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  penalty       {found.score.penalty:>8}   best known {best if best is not None else '?'}")
    print(f"  bound         {found.bound:>8}   {'proven' if found.proven else 'not proven'}")
    print(f"  rules broken  {len(found.score.broken):>8}   limit 0")
    print(f"  seconds       {found.seconds:>8.1f}   limit {seconds:.0f}")
    print(f"  model         {found.columns:>8} columns, {found.rows} rows")
    print(f"  memory        {memory:>8.0f} MB")
    for broken in found.score.broken:
        print(f"    {broken}")
    return found.proven and not found.score.broken and best in (None, found.score.penalty)
