"""What a visitor attaches comes back without anything that tells on them, or not at all."""

import io
import zlib
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Name
from PIL import Image

from parvis.guidance import visitor_attachments
from parvis.guidance.tests import hostile_files as files
from parvis.guidance.tests.hostile_files import SECRET
from parvis.shared.attachments import LARGEST, Clean, Kind, Refused, Why, clean, cleaning
from parvis.shared.attachments.cleaning import source_of
from parvis.shared.attachments.opening import opened


def refusal(data: bytes) -> Why:
    with pytest.raises(Refused) as refused:
        clean(data)
    return refused.value.why


def everything_in(data: bytes) -> bytes:
    """The bytes of a PDF and of all its streams unpacked, also those that a reader would not show."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts = [data]
        for one in pdf.objects:
            parts.append(one.unparse(resolved=True) if not isinstance(one, pikepdf.Stream) else b"")
            if isinstance(one, pikepdf.Stream):
                parts += [one.read_raw_bytes(), one.stream_dict.unparse()]
                if one.get("/Filter") == Name.FlateDecode:
                    parts.append(one.read_bytes())
        return b"\n".join(parts)


@pytest.mark.parametrize("made", [files.photo, files.png, lambda: files.moving("WEBP")])
def test_a_picture_keeps_its_pixels_and_nothing_else(made):
    data = made()
    assert SECRET in data  # it was there

    cleaned = clean(data)

    assert SECRET not in cleaned.data
    assert b"Exif" not in cleaned.data
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert (image.size, getattr(image, "n_frames", 1), cleaned.pages) == (cleaned.size, 1, 1)


def test_a_photo_is_turned_as_the_camera_was_held():
    upright, lying = clean(files.photo()), clean(files.photo(orientation=6))
    assert (upright.kind, upright.size, lying.size) == (Kind.JPEG, (120, 80), (80, 120))


def test_the_first_picture_of_several_is_kept():
    with Image.open(io.BytesIO(clean(files.moving("WEBP")).data)) as image:
        assert image.convert("L").getextrema()[1] < 20


def test_a_drawing_stays_sharp_and_see_through():
    out = io.BytesIO()
    Image.new("RGBA", (30, 20), (200, 0, 0, 100)).save(out, "PNG")
    cleaned = clean(out.getvalue())
    with Image.open(io.BytesIO(cleaned.data)) as image:
        assert (cleaned.kind, image.mode, image.getpixel((3, 3))) == (Kind.PNG, "RGBA", (200, 0, 0, 100))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_way_of_keeping_colours_is_read(mode):
    out = io.BytesIO()
    files.pixels("L").convert(mode).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert clean(out.getvalue()).size == (120, 80)


def test_a_very_large_photo_becomes_one_for_a_screen():
    assert clean(files.photo(size=(6000, 3000))).size == (2600, 1300)


def test_what_a_pdf_draws_stays_and_what_it_says_about_itself_goes():
    data = files.telling_document()
    assert data.count(SECRET) > 12

    cleaned = clean(data)

    assert SECRET not in everything_in(cleaned.data)
    with pikepdf.open(io.BytesIO(cleaned.data)) as pdf:
        page = pdf.pages[0].obj
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert set(pdf.trailer.keys()) <= {
            "/Root",
            "/Size",
            "/ID",
            "/Type",
            "/W",
            "/Length",
            "/Filter",
            "/Index",
        }
        assert set(page.keys()) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
        assert b"(A curriculum) Tj" in page.Contents.read_bytes()
        assert page.Resources.Font.F.BaseFont == Name.Helvetica
        with Image.open(io.BytesIO(page.Resources.XObject.A.read_raw_bytes())) as image:
            image.load()
            assert (image.size, image.getexif()) == ((120, 80), {})
    assert (cleaned.kind, cleaned.pages, cleaned.size) == (Kind.PDF, 1, None)
    for word in [b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile", b"/Annots", b"/Metadata", b"/Info"]:
        assert word not in everything_in(cleaned.data)


def test_a_photo_packed_once_more_in_a_pdf_is_stripped_too():
    pdf, out = files.document(), io.BytesIO()
    image = pdf.pages[0].obj.Resources.XObject.A
    image.write(zlib.compress(files.photo()), filter=pikepdf.Array([Name.FlateDecode, Name.DCTDecode]))
    pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    assert SECRET not in everything_in(clean(out.getvalue()).data)


def test_fonts_patterns_and_drawings_keep_their_lines_and_nothing_else():
    data = files.inside_document()
    assert data.count(SECRET) > 8
    cleaned = clean(data)
    assert SECRET not in everything_in(cleaned.data)
    with pikepdf.open(io.BytesIO(cleaned.data)) as pdf:
        resources = pdf.pages[0].obj.Resources
        assert b"0 0 5 5 re" in resources.XObject.F.read_bytes()
        assert b"0 0 5 5 re" in resources.Pattern.Metadata.read_bytes()
        assert b"0 0 5 5 re" in resources.Font.Info.CharProcs.a.read_bytes()
        with Image.open(io.BytesIO(resources.XObject.JS.read_raw_bytes())) as image:
            image.load()
            assert image.size == (120, 80)


def test_what_an_earlier_revision_said_is_gone():
    data = files.revised_document()
    assert SECRET in data
    cleaned = clean(data)
    assert SECRET not in everything_in(cleaned.data)
    assert cleaned.data.count(b"%%EOF") == 1


def test_a_filled_in_form_stays_readable():
    pdf, out = files.document(), io.BytesIO()
    look = pdf.make_stream(
        b"BT /F 12 Tf 2 2 Td (Filled in) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=pikepdf.Array([0, 0, 90, 20]),
        Resources=pdf.pages[0].obj.Resources,
    )
    field = pikepdf.Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=pikepdf.String(SECRET.decode()),
        F=4,
        Rect=pikepdf.Array([20, 100, 110, 120]),
        AP=pikepdf.Dictionary(N=look),
    )
    fields = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(field)]))
    pdf.pages[0].obj.Annots = fields
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
    pdf.save(out)
    seen = everything_in(clean(out.getvalue()).data)
    assert (b"(Filled in) Tj" in seen, SECRET in seen) == (True, False)


def test_a_file_that_is_two_kinds_at_once_is_only_the_first():
    page = files.telling_document()
    cleaned = clean(files.photo() + page + b"<script>" + SECRET + b"</script>")
    assert (cleaned.kind, SECRET in cleaned.data, b"%PDF" in cleaned.data) == (Kind.JPEG, False, False)
    zipped = clean(page + b"PK\x03\x04" + SECRET)
    assert (zipped.kind, SECRET in everything_in(zipped.data), b"PK\x03\x04" in zipped.data) == (
        Kind.PDF,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Why.EMPTY),
        (b"\xff\xd8\xff" + b"0" * LARGEST, Why.TOO_LARGE),
        (b"MZ\x90\x00\x03" + b"\0" * 400, Why.OTHER_KIND),  # a program that is called cv.pdf
        (b"GIF89a" + b"\0" * 40, Why.OTHER_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.OTHER_KIND),
        (b"PK\x03\x04word/document.xml", Why.OTHER_KIND),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Why.HEIC),
        (files.photo()[:900], Why.BROKEN),
        (files.png()[:120], Why.BROKEN),
        (b"%PDF-1.7\n" + b"0" * 400, Why.BROKEN),
        (files.bomb(), Why.TOO_MANY_PIXELS),
        (files.locked_document(), Why.LOCKED),
        (files.locked_document("secret"), Why.LOCKED),
    ],
    ids=lambda value: value.value if isinstance(value, Why) else "",
)
def test_what_is_refused_and_why(data, why):
    assert refusal(data) == why


def test_a_document_of_too_many_pages():
    out = io.BytesIO()
    files.document(pages=61).save(out)
    assert refusal(out.getvalue()) == Why.TOO_MANY_PAGES


def test_a_document_made_to_take_all_the_memory_costs_one_small_process():
    assert refusal(files.swelling_document()) in {Why.TOO_MUCH_WORK, Why.BROKEN}


def test_while_others_are_opened_a_file_waits_a_moment_and_is_sent_back(monkeypatch):
    monkeypatch.setattr(cleaning, "QUEUE", 0.01)
    for _turn in range(2):
        assert cleaning._turns.acquire(timeout=30)
    try:
        assert refusal(files.png()) == Why.BUSY
    finally:
        for _turn in range(2):
            cleaning._turns.release()
    assert clean(files.png()).size == (120, 80)


def test_each_reason_has_its_words():
    assert set(visitor_attachments.MESSAGES) == set(Why)
    assert "5 MB" in visitor_attachments.message(Refused(Why.TOO_LARGE))


SAMPLES = [
    files.photo(),
    files.png(),
    files.moving("WEBP"),
    files.telling_document(),
    files.revised_document(),
    files.inside_document(),
]


def outcome(data: bytes) -> Clean | Why:
    """As ``clean`` has it, without the process around it."""
    try:
        if not (kind := source_of(data)):
            return Why.OTHER_KIND
        return opened("pdf" if kind == "pdf" else "picture", data)
    except Refused as refused:
        return refused.why


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"%PDF-1.4\n"]), st.binary()
)
def test_any_bytes_are_cleaned_or_refused(head, rest):
    assert isinstance(outcome(head + rest), Clean | Why)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damaged_file_is_cleaned_or_refused(data):
    sample = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _change in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(8, len(sample) - 1))
        match data.draw(st.sampled_from(["set", "cut", "put"])):
            case "set":
                sample[place] = data.draw(st.integers(0, 255))
            case "cut":
                del sample[place : place + data.draw(st.integers(1, 40))]
            case _:
                sample[place:place] = data.draw(st.binary(max_size=40))
        if len(sample) < 20:
            break
    found = outcome(bytes(sample))
    assert isinstance(found, Clean | Why)
    # A PDF whose own words about its parts were damaged may keep a part as something else (decision 33).
    if isinstance(found, Clean) and found.kind != Kind.PDF:
        assert SECRET not in found.data


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0.02, 0.98))
def test_any_file_cut_short_is_cleaned_or_refused_by_the_process(sample, share):
    with suppress(Refused):
        assert isinstance(clean(sample[: int(len(sample) * share)]), Clean)


@pytest.mark.parametrize(
    "change",
    [
        (b"/DCTDecode", b"/DCTDec\0de"),
        (b"/Filter", b"/Filt\0r"),
        (b"/DCTDecode", b"/FlateDecod"),
        (b"/Subtype /Image", b"\0ubtype /Image"),
    ],
)
def test_a_photo_that_does_not_say_that_it_is_one_keeps_nothing(change):
    """Found among damaged files: a reader may still show it, with all that it says beside the picture."""
    for sample in SAMPLES:
        if sample.startswith(b"%PDF") and change[0] in sample:
            found = outcome(sample.replace(*change))
            assert not isinstance(found, Clean) or SECRET not in everything_in(found.data)
