"""Office files are zips: looked at before anything opens them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from parvis.reception.past.problems import Problem, UnreadableFile

MEMBERS = 3_000
UNPACKED = 1_500_000_000  # bytes; ten years of 50,000 rows with fifteen columns unpack to about 450 MB
ALWAYS_FINE = 60_000_000
SWELL = 80  # unpacked : packed; real sheets reach 10 to 30, bombs 1,000
_CHUNK = 1 << 20


def check(path: Path) -> None:
    """Raises ``UnreadableFile`` for a zip that is broken, lies about its sizes, or swells beyond what a sheet can.

    Members are unpacked to nowhere and counted, because the sizes a zip declares are only its word.
    """
    limit = min(UNPACKED, max(ALWAYS_FINE, SWELL * path.stat().st_size))
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS or sum(member.file_size for member in members) > limit:
                raise UnreadableFile(Problem.BOMB)
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableFile(Problem.PASSWORD)
            _unpack(archive, members, limit)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise UnreadableFile(Problem.BROKEN) from error


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limit: int) -> None:
    total = 0
    for member in members:
        with archive.open(member) as stream:  # its checksum fails where the declared size is too small
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > limit:
                    raise UnreadableFile(Problem.BOMB)
