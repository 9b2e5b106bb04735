"""Files that somebody could attach, made here: with what they must not tell, and broken on purpose."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

SECRET = b"Marie-Planted-Secret"
TEXT = SECRET.decode()


def pixels(mode: str = "RGB", size: tuple[int, int] = (120, 80)) -> Image.Image:
    """A picture with something in it, so that a turn can be seen."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    image.paste((0,) * len(image.getbands()) if len(image.getbands()) > 1 else 0, (0, 0, 20, 10))
    return image


def photo(orientation: int = 1, size: tuple[int, int] = (120, 80)) -> bytes:
    """A JPEG as a telephone makes it: where, when, by whom, with a comment and a small picture inside."""
    image, out = pixels(size=size), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x013B] = orientation, TEXT, TEXT  # orientation, description, artist
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 52.0, 5.0), 29: TEXT})  # GPS
    exif.get_ifd(0x8769)[0x9003] = TEXT
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    image.save(out, "JPEG", exif=exif, comment=SECRET, xmp=xmp, icc_profile=SECRET * 9)
    return out.getvalue()


def png() -> bytes:
    """A PNG with a chunk of text."""
    out, plain = io.BytesIO(), io.BytesIO()
    pixels().save(plain, "PNG")
    chunk = b"tEXt" + b"Author\x00" + SECRET
    out.write(plain.getvalue()[:33])
    out.write(struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)))
    out.write(plain.getvalue()[33:])
    return out.getvalue()


def moving(kind: str) -> bytes:
    """Two pictures in one file, the first of which is black."""
    out = io.BytesIO()
    first, second = Image.new("RGB", (60, 40), "black"), Image.new("RGB", (60, 40), "white")
    first.save(out, kind, save_all=True, append_images=[second], duration=100, exif=b"Exif\x00\x00" + SECRET)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 50,000 by 50,000."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def document(pages: int = 1) -> Pdf:
    """A PDF that draws a line of text and a photo on each page."""
    pdf = Pdf.new()
    image = pdf.make_stream(
        photo(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=120,
        Height=80,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for _page in range(pages):
        pdf.add_blank_page(page_size=(300, 400))
        page = pdf.pages[-1]
        page.obj.Resources = Dictionary(Font=Dictionary(F=font), XObject=Dictionary(A=image))
        page.obj.Contents = pdf.make_stream(
            b"% "
            + SECRET
            + b"\n/Span << /ActualText ("
            + SECRET
            + b") >> BDC BT /F 12 Tf 20 300 Td (A curriculum) Tj"
            b" ET EMC q 120 0 0 80 20 20 cm /A Do Q"
        )
    return pdf


def telling_document() -> bytes:
    """A PDF with everything that a PDF can say beside what it draws."""
    pdf, out = document(), io.BytesIO()
    page = pdf.pages[0].obj
    with pdf.open_metadata() as about:
        about["dc:creator"] = [TEXT]
    pdf.docinfo[Name.Author] = TEXT
    pdf.attachments["list.txt"] = SECRET
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{TEXT}')")))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 20, 20]), T=String(TEXT), Contents=String(TEXT)
    )
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 20, 20]),
        A=Dictionary(S=Name.URI, URI=String("https://" + TEXT)),
    )
    run = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 20, 20]),
        A=Dictionary(S=Name.Launch, F=String(TEXT)),
    )
    page.Annots = pdf.make_indirect(Array([note, link, run]))
    page.PieceInfo = Dictionary(App=Dictionary(Private=String(TEXT)))
    page.Metadata = pdf.make_stream(SECRET)
    page.Resources.XObject.A.Metadata = pdf.make_stream(SECRET)
    page.Resources.Own = String(TEXT)
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def revised_document() -> bytes:
    """A PDF whose first revision, still in the file, says more than the last."""
    out = io.BytesIO()
    pdf = document()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F 12 Tf 20 300 Td (" + SECRET + b") Tj ET")
    pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    first = out.getvalue()
    number = next(n for n in range(1, 40) if SECRET in first.split(b"\n%d 0 obj" % n)[-1].split(b"endobj")[0])
    body = b"<< /Length 7 >>\nstream\nq Q q Q\nendstream\nendobj\n"
    start = len(first)
    new = b"%d 0 obj\n" % number + body
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    previous = int(first.rsplit(b"startxref", 1)[1].split()[0])
    trailer = b"trailer\n<< /Size 40 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        previous,
        start + len(new),
    )
    return first + new + table + trailer


def locked_document(password: str = "") -> bytes:
    out = io.BytesIO()
    document().save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
    return out.getvalue()


def swelling_document() -> bytes:
    """A PDF of less than 5 MB whose page unpacks to three gigabytes."""
    once = zlib.compress(b"q Q " * 2_500_000, 9)  # 10 MB
    out, pdf = io.BytesIO(), document()
    twice = zlib.compressobj(9)
    packed = b"".join(twice.compress(b"\0" * 10_000_000) for _n in range(300)) + twice.flush()
    assert len(once) + len(packed) < 5_000_000
    pdf.pages[0].obj.Contents = pdf.make_stream(packed, Filter=Name.FlateDecode)
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def inside_document() -> bytes:
    """A PDF whose fonts, patterns, drawings and pictures say more than they draw, under names like those of forbidden keys."""
    pdf, out = document(), io.BytesIO()
    resources = pdf.pages[0].obj.Resources
    spoken = b"% " + SECRET + b"\n/P << /T (" + SECRET + b") >> DP 0 0 5 5 re f"
    box = Array([0, 0, 9, 9])
    drawing = pdf.make_stream(spoken, Type=Name.XObject, Subtype=Name.Form, BBox=box, LastModified=TEXT)
    tile = pdf.make_stream(
        spoken, PatternType=1, PaintType=1, TilingType=1, BBox=box, XStep=9, YStep=9, Resources=Dictionary()
    )
    glyphs = Dictionary(a=pdf.make_stream(b"9 0 d0 " + spoken))
    letters = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=box,
        FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        FirstChar=97,
        LastChar=97,
        Widths=Array([9]),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name("/a")])),
        CharProcs=glyphs,
    )
    wave = io.BytesIO()
    pixels().save(wave, "JPEG2000", comment=TEXT)
    box_of_words = (len(SECRET) + 8).to_bytes(4) + b"xml " + SECRET
    jpeg_2000 = pdf.make_stream(
        wave.getvalue()[:12] + wave.getvalue()[12:] + box_of_words,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=120,
        Height=80,
        Filter=Name.JPXDecode,
        SecretKey=TEXT,
    )
    resources.XObject.F, resources.XObject.JS = drawing, jpeg_2000
    resources.Pattern = Dictionary(Metadata=tile)
    resources.Font.Info = letters
    inline = b"BI /W 9 /H 9 /BPC 8 /CS /RGB /F /DCT ID " + photo(size=(9, 9)) + b" EI "
    page = b"/F Do /JS Do /Pattern cs /Metadata scn 0 0 9 9 re f BT /Info 9 Tf (a) Tj ET " + inline
    pdf.pages[0].obj.Contents = pdf.make_stream(page)
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()
