"""Periods of JioNLP's test suite of the kinds that reports use, read by ``find_period`` and compared day by day.

Those kinds: years, halves, quarters, months, days and spans of them, first months, 以来, 近N年, five-year plans. Clock
times, weeks, seasons, festivals, centuries, ten-day periods, distances (三年后), repetitions, colloquial or
unfinished forms (仨月, 1月3, 下月) and cases without a year whose base is not the suite's default are of other kinds.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from evals.quantities import read_cases
from extract.period import find_period

_BASE = "2021-06-14"
"""The suite's default base."""
_OTHER = re.compile(
    r"[时点秒周节春夏秋冬早晚午夜晨辰旬刻钟每隔后内代晌腊正闰清唐宋明元朝公农历初末底前伊始:：许Q]|星期|礼拜|世纪|小时|分钟"
    r"|假|工作日|交易日|以前|之前|以下|以上|天|多|半个?月|半以|未来|今后|同月|当月|第[一二三四五六七八九十0-9]+个|大年|仨|本日|下个?月|这一年|月[0-9]+(?=$|[至到])|月[一二三四五六七八九十]+$|[0-9]{8}"
)
_FIRST = re.compile(r"前[一二两三四五六七八九十0-9]+个?(?:季度|月)")


def run_periods(cases: Path) -> dict[str, Any]:
    """Right and judged, how many are of other kinds, and the ids of the wrong cases.

    Raises:
        NotFound: the cases are not there.
    """
    rows = read_cases(cases, ("time_parser",))
    judged = [row for row in rows if _is_ours(row)]
    wrong = [row["id"] for row in judged if not _is_right(row)]
    return {"right": len(judged) - len(wrong), "judged": len(judged), "other": len(rows) - len(judged), "wrong": wrong}


def _is_ours(row: dict[str, Any]) -> bool:
    text, wanted = row["input"], row["expected"]
    if wanted.get("type") not in ("time_point", "time_span") or "inf" in str(wanted["time"]):
        return False
    if not re.search("[年月日号]|季度", text) or (_OTHER.search(_FIRST.sub("", text)) is not None):
        return False
    return re.search(r"[0-9零〇一二三四五六七八九]{4}年", text) is not None or wanted["time"][0].startswith(_BASE[:4])


def _is_right(row: dict[str, Any]) -> bool:
    found = find_period(row["input"], _BASE)
    start, end = (each[:10] for each in row["expected"]["time"])
    return found is not None and (found.start, found.end) == (start, end)
