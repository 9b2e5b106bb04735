"""Pictures are decoded and encoded anew: only the pixels stay, upright and in the colours that every screen knows."""

from __future__ import annotations

import io
import struct

from PIL import Image, ImageCms, ImageOps
from PIL.Image import Resampling

from parvis.shared.attachments.kinds import LARGEST, LONGEST_SIDE, PIXELS, Clean, Kind, Refused, Why

FEW_COLOURS = 256  # a drawing or a page of text, which JPEG would smear
QUALITY = 86

Image.MAX_IMAGE_PIXELS = PIXELS


def picture(data: bytes) -> Clean:
    """The first picture in ``data``. Raises ``Refused``, or what Pillow raises for a damaged one."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > PIXELS:
                raise Refused(Why.TOO_MANY_PIXELS)
            is_photo = image.format in ("JPEG", "MPO")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large photo is read at half the size or less
            image.load()
            upright = _upright(_in_srgb(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(Why.TOO_MANY_PIXELS) from error
    return _written(_only_pixels(upright), is_photo=is_photo)


def _in_srgb(image: Image.Image) -> Image.Image:
    """In the colours meant: those of a profile are turned into sRGB, and the profile is left out."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that cannot be read changes nothing
    return turned or image


def _upright(image: Image.Image) -> Image.Image:
    """Small enough for a screen, and turned as the camera was held."""
    if image.mode in ("P", "LA", "PA", "I;16", "I", "F", "1") or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Resampling.LANCZOS)
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, TypeError, KeyError, OSError, struct.error):
        return image  # what the camera said cannot be read; what it saw can


def _only_pixels(image: Image.Image) -> Image.Image:
    """A picture that never knew where it came from."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("RGB")
    return Image.frombytes(image.mode, image.size, image.tobytes())


def _written(image: Image.Image, *, is_photo: bool) -> Clean:
    """PNG for what is see-through or has few colours, JPEG for the rest; smaller until it fits."""
    as_png = image.mode == "RGBA" or (not is_photo and image.getcolors(FEW_COLOURS) is not None)
    out = io.BytesIO()
    if as_png:
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=QUALITY, optimize=True)
    if out.tell() > LARGEST:
        half = (max(1, image.width // 2), max(1, image.height // 2))
        return _written(image.resize(half, Resampling.LANCZOS), is_photo=is_photo)
    kind, name = (Kind.PNG, "picture.png") if as_png else (Kind.JPEG, "picture.jpg")
    return Clean(kind, out.getvalue(), name, 1, image.size)
