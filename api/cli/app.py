"""The commands put together, and how they end."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup

from api.cli.out import SOME_FAILED, common, note, prepare_streams, take_common, write_json
from corpus.errors import TongjianError, UsageError

if TYPE_CHECKING:
    from typer.core import TyperCommand


class _Commands(TyperGroup):
    """Our commands and those of the entry-point group ``tongjian.commands``, imported when called."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return [*super().list_commands(ctx), *sorted(_extra())]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]
        found = super().get_command(ctx, cmd_name)
        if found is None and cmd_name in _extra():
            found = typer.main.get_command(_extra()[cmd_name].load())
            found.name = cmd_name
        return found  # type: ignore[return-value]


def _extra() -> dict[str, metadata.EntryPoint]:
    return {point.name: point for point in metadata.entry_points(group="tongjian.commands")}


app = typer.Typer(
    cls=_Commands,
    help="通鉴：读各地材料，答可查证的问题。每个命令都可加 --library 文件夹（资料库，默认 ./library）和 --json。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def run(argv: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    import api.cli.answers
    import api.cli.exports
    import api.cli.filling
    import api.cli.intake
    import api.cli.mcp
    import api.cli.places
    import api.cli.reading
    import api.cli.upkeep  # noqa: F401

    prepare_streams()
    rest = take_common(argv)
    try:
        typer.main.get_command(app)(args=rest, prog_name="tongjian")
    except SystemExit as exc:
        code = exc.code if isinstance(exc.code, int) else 1 if exc.code else 0
        return code or (SOME_FAILED if common.some_failed else 0)
    except BrokenPipeError:
        return 0
    except TongjianError as exc:
        return _failed(exc)
    return 0


def _failed(exc: TongjianError) -> int:
    note(f"错误：{exc}" + (f"可运行 {exc.command}。" if exc.command else ""))
    if common.json:
        write_json({"error": str(exc), "kind": type(exc).__name__})
    return 2 if isinstance(exc, UsageError) else 1
