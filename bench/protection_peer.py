"""An independent engine on the same tables: pytauargus (Tau-Argus with HiGHS), given our small cells, what they need, and our costs.

It runs in a process of its own (``python -m bench.protection_peer``), as it brings its own HiGHS. It knows no linked tables: each
is protected alone, as somebody with this program would.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import BASE
from parvis.statistics.protection import Axis, Cell, Need
from parvis.statistics.protection.tables import At, cell

META = """<SEPARATOR> ";"
<SAFE> "S"
<UNSAFE> "U"
<PROTECT> "P"
"""


def written(counts: Mapping[At, int], axes: list[Axis], needs: Mapping[Cell, Need], folder: Path) -> None:
    """A table in the engine's own files."""
    lines = []
    for at, value in counts.items():
        if value == 0:
            continue
        need = needs.get(cell(axes, at))
        status = "U" if need else "S"
        low, high = (value - need.low, need.high - value) if need else (0, 0)
        codes = ";".join("T" if code is None else str(code) for code in at)
        lines.append(f"{codes};{value};{value};{1 + value};{status};{low};{high}")
    (folder / "table.tab").write_text("\n".join(lines) + "\n")
    meta = META
    for axis in axes:
        meta += f'{axis.name} "" ""\n <RECODEABLE>\n <TOTCODE> "T"\n'
        if axis.below:
            tree = [(code, axis.below.get(code, ())) for code in axis.codes]
            text = "".join(f"{code}\n" + "".join(f"@{part}\n" for part in parts) for code, parts in tree)
            (folder / f"{axis.name}.hrc").write_text(text)
            meta += f' <HIERARCHICAL>\n <HIERCODELIST> "{folder / axis.name}.hrc"\n <HIERLEADSTRING> "@"\n'
    meta += "n\n <NUMERIC>\nfreq\n <FREQUENCY>\ncost\n <NUMERIC> <COST>\nstatus\n <STATUS>\n"
    meta += "low\n <NUMERIC> <LOWERPL>\nhigh\n <NUMERIC> <UPPERPL>\n"
    (folder / "table.rda").write_text(meta)


def batch(folder: Path, axes: list[Axis], method: str, seconds: int) -> None:
    """What the engine is told to do."""
    names = "".join(f'"{axis.name}"' for axis in axes)
    how = f"OPT(1,{seconds})" if method == "OPT" else f"MOD(1,{seconds},1,1,1)"
    (folder / "job.arb").write_text(
        f'<OPENTABLEDATA> "{folder}/table.tab"\n<OPENMETADATA> "{folder}/table.rda"\n'
        f'<SPECIFYTABLE> {names}|"n"||"cost"\n<SAFETYRULE>\n<READTABLE> 1\n<SUPPRESS> {how}\n'
        f'<WRITETABLE> (1,5,SO+,"{folder}/out.tab")\n'
    )


def suppressed(
    counts: Mapping[At, int], axes: list[Axis], needs: Mapping[Cell, Need], method: str, seconds: int
) -> tuple[frozenset[Cell], float] | str:
    """The printed cells that the engine hides, and its seconds; or what it said where it gave up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(counts, axes, needs, folder)
        batch(folder, axes, method, seconds)
        command = [sys.executable, "-m", "bench.protection_peer", str(folder), str(len(axes))]
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,  # where it leaves its logs
            env={**os.environ, "PYTHONPATH": str(BASE)},
            capture_output=True,
            text=True,
            timeout=20 * seconds + 60,
        )
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["no word"])[-1]
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    codes = [
        {str(code): code for code in axis.every()} | {"Total": None, "T": None, "": None} for axis in axes
    ]
    hidden = {
        cell(axes, tuple(known[code] for known, code in zip(codes, at, strict=True))) for at in told["hidden"]
    }
    return frozenset(hidden), told["seconds"]


def main() -> None:
    """One job, in a process of its own: the last line of output is what was hidden."""
    from pytauargus.engine import run_batch  # noqa: PLC0415 - only here: it brings another HiGHS
    from pytauargus.result import parse_simple_tab  # noqa: PLC0415

    folder, axes = Path(sys.argv[1]), int(sys.argv[2])
    started = time.monotonic()
    run_batch(str(folder / "job.arb"))
    seconds = time.monotonic() - started
    names = [f"axis{place}" for place in range(axes)]
    rows = parse_simple_tab(str(folder / "out.tab"), names, "n")
    hidden = [[row[name] for name in names] for row in rows if row["status"] in ("U", "M")]
    print(json.dumps({"hidden": hidden, "seconds": seconds}))


if __name__ == "__main__":
    main()
