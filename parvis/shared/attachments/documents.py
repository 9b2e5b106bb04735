"""PDFs are written anew from their pages alone: what is drawn stays, what is said about it goes, and nothing acts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from parvis.shared.attachments.jpeg import bare_jpeg, bare_jpeg_2000
from parvis.shared.attachments.kinds import LARGEST_KEPT, PAGES, Clean, Kind, Refused, Why

PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit"}
INHERITED = ["/Resources", "/MediaBox", "/CropBox", "/Rotate"]
IMAGE = {
    *("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask"),
    *(
        "/Mask",
        "/Decode",
        "/Interpolate",
        "/SMask",
        "/SMaskInData",
        "/Matte",
        "/Filter",
        "/DecodeParms",
        "/Length",
    ),
}
FORM = {
    *("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group"),
    *("/Filter", "/DecodeParms", "/Length"),
}
# Wherever else they stand: who, when and with what; what acts; what is attached; what is not drawn.
NOWHERE = {
    *("/Metadata", "/PieceInfo", "/LastModified", "/Info", "/Author", "/Creator", "/Producer", "/Properties"),
    *("/A", "/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/URI", "/Names", "/Dest", "/Dests"),
    *(
        "/EF",
        "/AF",
        "/F",
        "/FS",
        "/UF",
        "/Ref",
        "/Alternates",
        "/OPI",
        "/OC",
        "/Annots",
        "/Thumb",
        "/Measure",
    ),
    *("/PtData", "/StructParent", "/StructParents", "/StructTreeRoot", "/ID", "/Name", "/Desc", "/PS"),
}
STRINGS = {"/Registry", "/Ordering", "/CharSet", "/FontFamily", "/Panose"}  # those that drawing needs
MAPS = {
    "/Font",
    "/XObject",
    "/ExtGState",
    "/ColorSpace",
    "/Pattern",
    "/Shading",
    "/CharProcs",
}  # keys are free names
DEEP = 40
LEVEL = pikepdf.StreamDecodeLevel.generalized


def document(data: bytes) -> Clean:
    """The pages of ``data``. Raises ``Refused``, or what pikepdf raises for a damaged one."""
    try:
        # What would have to be guessed is refused: among the pieces may be what nobody meant to send.
        source = Pdf.open(io.BytesIO(data), suppress_warnings=True, attempt_recovery=False)
    except pikepdf.PasswordError as error:
        raise Refused(Why.LOCKED) from error
    with source, Pdf.new() as new:
        if source.is_encrypted:
            raise Refused(Why.LOCKED)
        count = len(source.pages)
        if not 0 < count <= PAGES:
            raise Refused(Why.TOO_MANY_PAGES if count else Why.BROKEN)
        _flatten(source)
        for page in list(source.pages):
            _bare_page(source, page.obj)
            new.pages.append(page)
        _strip_all(new)
        out = io.BytesIO()
        new.save(out, stream_decode_level=LEVEL, recompress_flate=True, deterministic_id=True)
    if out.tell() > LARGEST_KEPT:
        raise Refused(Why.TOO_LARGE)
    return Clean(Kind.PDF, out.getvalue(), "document.pdf", count, None)


def _flatten(source: Pdf) -> None:
    """Draws what is filled in, stamped or marked on a page into the page: the notes themselves and their authors go."""
    with suppress(pikepdf.PdfError, RuntimeError):
        source.generate_appearance_streams()
    with suppress(pikepdf.PdfError, RuntimeError):
        source.flatten_annotations("screen")


def _bare_page(source: Pdf, page: Object) -> None:
    for key in INHERITED:
        if key not in page and (value := _inherited(page, key)) is not None:
            page[key] = value
    for key in set(page.keys()) - PAGE - {"/Parent"}:
        del page[key]
    page[Name.Contents] = source.make_stream(_drawing(pikepdf.Page(page)))


def _inherited(page: Object, key: str) -> Object | None:
    """What a page takes from those above it; a loop of parents ends."""
    for _step in range(DEEP):
        if Name.Parent not in page:
            return None
        page = page[Name.Parent]
        if key in page:
            return page[key]
    return None


def _drawing(stream: Object | pikepdf.Page) -> bytes:
    """The drawing instructions without comments, without what is said about them, and without pictures that say more."""
    kept: list[Any] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        if operator in ("DP", "MP"):
            continue
        if operator == "BDC":  # what follows is marked: as what stays, with which properties goes
            kept.append(([instruction.operands[0]], pikepdf.Operator("BMC")))
        elif isinstance(instruction, pikepdf.ContentStreamInlineImage) and _is_photo(instruction):
            continue
        else:
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)


def _is_photo(instruction: pikepdf.ContentStreamInlineImage) -> bool:
    """A photo in the middle of the drawing: too rare to be worth more than leaving it out."""
    return any(name in ("/DCTDecode", "/DCT") for name in map(str, instruction.iimage.filters))


def _strip_all(new: Pdf) -> None:
    everything = list(new.objects)
    named = [pair for one in everything for pair in _maps(one, 0)]
    maps = {child.objgen for _key, child in named if child.is_indirect}
    glyphs = {
        glyph.objgen for key, child in named if key == "/CharProcs" for _name, glyph in _children(child)
    }
    for one in everything:
        if isinstance(one, Stream):
            _strip_stream(new, one, drawn=one.objgen in glyphs)
        _strip(one, is_map=one.objgen in maps, depth=0)


def _maps(one: Object, depth: int) -> Iterator[tuple[str, Object]]:
    """The dictionaries in ``one`` whose keys are free names, which may look like any other key; and what each is of."""
    if depth > DEEP:
        raise Refused(Why.BROKEN)
    for key, child in _children(one):
        if key in MAPS and isinstance(child, Dictionary) and "/PatternType" not in one:
            yield key, child
        if not child.is_indirect:
            yield from _maps(child, depth + 1)


def _children(one: Object) -> list[tuple[str, Object]]:
    if isinstance(one, Dictionary | Stream):
        return [(key, child) for key, child in one.items() if isinstance(child, Object)]
    if isinstance(one, Array):
        return [("", child) for child in one if isinstance(child, Object)]
    return []


def _strip(one: Object, *, is_map: bool, depth: int) -> None:
    """Takes away what draws nothing, down to the next object that is counted on its own."""
    if depth > DEEP:
        raise Refused(Why.BROKEN)
    if isinstance(one, Array):
        is_palette = len(one) > 0 and one[0] in (Name.Indexed, Name("/I"))
        for place, child in enumerate(list(one)):
            if isinstance(child, String | str) and not is_palette:
                one[place] = String("")
            elif isinstance(child, Object) and not child.is_indirect:
                _strip(child, is_map=False, depth=depth + 1)
    elif isinstance(one, Dictionary | Stream):
        for key in list(one.keys()):
            _strip_entry(one, key, is_map=is_map, depth=depth)


def _strip_entry(one: Object, key: str, *, is_map: bool, depth: int) -> None:
    child = one[key]
    if not is_map and (key in NOWHERE or (isinstance(child, String | str) and key not in STRINGS)):
        del one[key]
    elif isinstance(child, Object) and not child.is_indirect:
        in_map = key in MAPS and "/PatternType" not in one
        _strip(child, is_map=in_map, depth=depth + 1)


def _strip_stream(new: Pdf, stream: Stream, *, drawn: bool) -> None:
    subtype = stream.get("/Subtype")
    if subtype == Name.Image or any(one in PHOTOS for one in _listed(stream.get("/Filter"))):
        _keep(stream, IMAGE)
        _bare_image(new, stream)
    elif subtype == Name.Form or stream.get("/PatternType") == 1 or drawn:
        if subtype == Name.Form:
            _keep(stream, FORM)
        stream.write(_drawing(stream))
    elif subtype == Name.PS:
        stream.write(b"")


def _keep(stream: Stream, keys: set[str]) -> None:
    for key in set(stream.keys()) - keys:
        del stream[key]


def _bare_image(new: Pdf, stream: Stream) -> None:
    """Photos in a PDF are whole files with their own EXIF."""
    filters = _listed(stream.get("/Filter"))
    if any(one not in PACKED and one not in PHOTOS for one in filters):  # of no kind that a reader knows
        stream.write(b"")
        return
    if not filters or filters[-1] not in PHOTOS:
        if _as_pixels(stream).startswith(WHOLE_FILES):  # a photo that does not say so
            stream.write(b"")
        return
    parms = _listed(stream.get("/DecodeParms"))
    data = stream.read_raw_bytes()
    if len(filters) > 1:
        outer = new.make_stream(data, Filter=Array(filters[:-1]))
        if parms:
            outer[Name.DecodeParms] = Array(parms[: len(filters) - 1])
        data = outer.read_bytes(LEVEL)
    kept = parms[-1] if len(parms) == len(filters) and isinstance(parms[-1], Dictionary) else None
    stream.write(PHOTOS[filters[-1]](data), filter=filters[-1], decode_parms=kept)


def _as_pixels(stream: Stream) -> bytes:
    try:
        return stream.read_bytes(LEVEL)
    except pikepdf.PdfError:  # packed in a way that is left as it is: no place for a photo's own words
        return b""


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


PHOTOS = {
    Name.DCTDecode: bare_jpeg,
    Name("/DCT"): bare_jpeg,
    Name.JPXDecode: bare_jpeg_2000,
}
PACKED = {
    Name(f"/{name}")
    for name in (
        *("FlateDecode", "Fl", "LZWDecode", "LZW", "RunLengthDecode", "RL", "ASCII85Decode", "A85"),
        *("ASCIIHexDecode", "AHx", "CCITTFaxDecode", "CCF", "JBIG2Decode"),
    )
}
WHOLE_FILES = (b"\xff\xd8\xff", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff")
