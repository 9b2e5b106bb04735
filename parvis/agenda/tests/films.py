"""Real films of a second, with everything that a camera or a program writes into one."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import av
import numpy

PLACE, PERSON, DEVICE = "+48.8577+002.2950/", "Zebulon Kwibbel", "Kodakronik K1"
WRITTEN = (PLACE, PERSON, DEVICE, "2026-01-02")  # what nobody may find again
CODECS = {"mp4": ("libx264", "aac"), "webm": ("libvpx", "libopus")}
SAID = {
    "title": f"Evening at {PERSON}’s",
    "artist": PERSON,
    "make": DEVICE,
    "location": PLACE,
    "com.apple.quicktime.location.ISO6709": PLACE,
    "creation_time": "2026-01-02T03:04:05Z",
}
SIZE, RATE, SOUND = (64, 48), 10, 48000


@cache
def a_film(kind: str) -> bytes:
    """One second of pictures and silence as ``mp4`` or ``webm``, with place, author, device and day in it."""
    file, (pictures, sound) = BytesIO(), CODECS[kind]
    options = {"movflags": "use_metadata_tags"} if kind == "mp4" else {}
    with av.open(file, "w", format=kind, options=options) as film:
        film.metadata.update(SAID)
        video, audio = film.add_stream(pictures, rate=RATE), film.add_stream(sound, rate=SOUND)
        video.width, video.height = SIZE
        for stream in (video, audio):
            stream.metadata.update({"title": PERSON, "handler_name": PERSON})
        for n in range(RATE):
            film.mux(video.encode(_picture(n)))
        film.mux(video.encode())
        for n in range(SOUND // 960):
            film.mux(audio.encode(_silence(n, audio.format.name)))
        film.mux(audio.encode())
    return file.getvalue()


def _picture(number: int) -> av.VideoFrame:
    rows = numpy.full((SIZE[1] * 3 // 2, SIZE[0]), 20 * number, dtype=numpy.uint8)
    frame = av.VideoFrame.from_ndarray(rows, format="yuv420p")
    frame.pts = number
    return frame


def _silence(number: int, form: str) -> av.AudioFrame:
    shape, kind = ((2, 960), numpy.float32) if form == "fltp" else ((1, 1920), numpy.int16)
    frame = av.AudioFrame.from_ndarray(numpy.zeros(shape, dtype=kind), format=form, layout="stereo")
    frame.sample_rate, frame.pts = SOUND, number * 960
    return frame
