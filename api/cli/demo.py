"""``tongjian demo``: the whole way on the samples that come with the package."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path

from api.cli.answers import show_answer
from api.cli.out import note, progress_bar, table, write
from api.library import Library
from api.samples import samples
from api.settings import load_settings

QUESTION = "哪些县建了新就业群体驿站？各建了多少？"
INDICATOR = "各地选派了多少名党建指导员？"


def run(out: Path) -> None:
    """Ingest the samples into ``out/library``, answer, tabulate, export to ``out/tongjian.xlsx``."""
    started = time.perf_counter()
    out.mkdir(parents=True, exist_ok=True)
    home = out / "library"
    with Library.open(home, create=True, settings=load_settings(library=home)) as library:
        with progress_bar("导入样例") as progress:
            report = library.ingest(samples(), progress)
        for failure in report.failures:
            note(f"失败：{failure.item}：{failure.message}")
        counts = library.catalogue.counts()
        write(
            f"资料库：{counts['document']} 个文件，{counts['article']} 篇文章，{counts['fact']} 条数据（均为虚构样例）"
        )
        write(f"\n问：{QUESTION}")
        show_answer(library.ask(QUESTION, llm="none"))
        write(f"\n一个指标，各地对照：{INDICATOR}")
        answer = library.ask(INDICATOR, llm="none")
        if answer.table is not None:
            table("", answer.table.columns, answer.table.rows)
        library.export(out / "tongjian.xlsx")
    serve = shlex.join([sys.argv[0], "serve", "--library", str(home)])
    write(f"\n工作簿：{out / 'tongjian.xlsx'}\n资料库：{home}\n网页：　{serve}，然后打开 http://127.0.0.1:8000/")
    write(f"用时 {time.perf_counter() - started:.1f} 秒")
