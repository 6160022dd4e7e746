"""Workbooks as other programs write them: by LibreOffice, as Excel 2003 XML, as XLSB record by record."""

from __future__ import annotations

import struct
import subprocess
import zipfile
from pathlib import Path

from ingest.readers.office import find_office


def saved_as(path: Path, ending: str) -> Path:
    """A workbook as LibreOffice saves it with another ending, beside it."""
    profile = (path.parent / "profile").as_uri()
    command = [str(find_office()), f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=120)
    return path.with_suffix(f".{ending}")


EXCEL_2003 = """<?xml version="1.0" encoding="GB2312"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style><Style ss:ID="d"><NumberFormat ss:Format="Long Date"/>
</Style></Styles><Worksheet ss:Name="德清县驿站"><Table>
<Row><Cell><Data ss:Type="String">镇</Data></Cell><Cell><Data ss:Type="String">驿站（个）</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">完成率</Data></Cell><Cell><Data ss:Type="String">日期</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">武康街道</Data></Cell><Cell><Data ss:Type="Number">12</Data></Cell>
<Cell ss:Index="4" ss:StyleID="p"><Data ss:Type="Number">0.95</Data></Cell>
<Cell ss:StyleID="d"><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def write_xlsb(path: Path, rows: list[list[str | float]]) -> Path:
    """A workbook of one sheet in binary records ([MS-XLSB] 2.4)."""
    sheet = _record(129) + _record(145)
    for r, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
        for c, value in enumerate(row):
            at = struct.pack("<II", c, 0)
            sheet += (
                _record(6, at + _wide(value)) if isinstance(value, str) else _record(5, at + struct.pack("<d", value))
            )
    sheet += _record(146) + _record(130)
    bundle = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("德清县驿站"))
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = "http://schemas.openxmlformats.org/package/2006"
    binary, of_relations = "application/vnd.ms-excel", "application/vnd.openxmlformats-package.relationships+xml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{packed}/content-types"><Default Extension="rels" '
        f'ContentType="{of_relations}"/><Default Extension="bin" '
        f'ContentType="{binary}.sheet.binary.macroEnabled.main"/><Override PartName="/xl/s.bin" '
        f'ContentType="{binary}.worksheet"/></Types>',
        "_rels/.rels": _relations(packed, f"{office}/officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": _relations(packed, f"{office}/worksheet", "s.bin"),
        "xl/workbook.bin": book,
        "xl/s.bin": sheet,
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def _relations(packed: str, kind: str, target: str) -> str:
    link = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{packed}/relationships">{link}</Relationships>'


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
