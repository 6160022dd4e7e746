"""The cells of a workbook as the sheet shows them, one file a format; only cells with text are given."""
