"""One reader a format; each gives the same blocks."""

from __future__ import annotations

from ingest.block import Source


def read_blocks(data: bytes, name: str, media_type: str, *, ocr: bool = True) -> Source:
    """The blocks of a file of a known media type; without ``ocr`` a scan is an error of kind ``scan``.

    Raises:
        ReadError: the file cannot be read.
    """
    from ingest import sniff

    if media_type == sniff.PDF:
        from ingest.readers.pdf import read_pdf

        return read_pdf(data, name, ocr=ocr)
    if media_type == sniff.DOCX:
        from ingest.readers.docx import read_docx

        return read_docx(data, name)
    if media_type == sniff.HTML:
        from ingest.readers.html import read_html

        return read_html(data, name)
    if media_type in (sniff.DOC, sniff.RTF, sniff.ODT, sniff.WORD_XML):
        from ingest.readers.office import read_office

        return read_office(data, name, media_type)
    if media_type in (*sniff.SHEETS, sniff.CSV, sniff.JSON):
        from ingest.readers.sheets import read_sheets

        return read_sheets(data, name, media_type)
    if media_type == sniff.OFD:
        from ingest.readers.ofd import read_ofd

        return read_ofd(data, name, ocr=ocr)
    if media_type in (sniff.EML, sniff.MHTML):
        from ingest.readers.mail import read_mail

        return read_mail(data, name, media_type)
    if media_type.startswith("image/"):
        from ingest.readers.image import read_image

        return read_image(data, name, media_type, ocr=ocr)
    from ingest.readers.text import read_text

    return read_text(data, name)
