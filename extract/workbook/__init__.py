"""The workbook: what a library holds, as files that offices work in, and their corrections back."""

from extract.workbook.content import Content
from extract.workbook.differences import Difference, Known, differences
from extract.workbook.edited import read_edited
from extract.workbook.plain import write_csv, write_lines, write_parquet
from extract.workbook.verification import excerpt, verification
from extract.workbook.xlsx import write_sheets, write_xlsx

__all__ = [
    "Content",
    "Difference",
    "Known",
    "differences",
    "excerpt",
    "read_edited",
    "verification",
    "write_csv",
    "write_lines",
    "write_parquet",
    "write_sheets",
    "write_xlsx",
]
