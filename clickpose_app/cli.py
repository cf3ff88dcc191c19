"""The command line: commands and their options; the work is done elsewhere.

Everything heavy is imported inside the commands, so that help and errors come at once.
"""

from __future__ import annotations

import difflib
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from clickpose_app import __version__
from clickpose_app.cli_adapt import adapt
from clickpose_app.cli_datasets import COMMANDS
from clickpose_app.cli_evaluate import evaluate
from clickpose_app.cli_formats import export, import_
from clickpose_app.cli_numbers import numbers
from clickpose_app.cli_options import EXIT_ERROR, device_option, weights_option
from clickpose_app.cli_prelabel import prelabel
from clickpose_app.cli_train import train
from clickpose_app.errors import ClickPoseError

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130

_OPEN = "open"


@dataclass
class _Options:
    """What concerns every command."""

    debug: bool = False


class _PathOrCommand(click.Group):
    """A group in which a first argument that is no command is a path to open."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        first = args[0]
        if self.get_command(ctx, first) is not None:
            return super().resolve_command(ctx, args)
        if Path(first).exists():
            return _OPEN, self.get_command(ctx, _OPEN), args
        close = difflib.get_close_matches(first, self.list_commands(ctx), n=1)
        meant = f" Did you mean {close[0]!r}?" if close else ""
        raise click.UsageError(
            f"{first!r} is neither a command nor a file or folder.{meant}", ctx=ctx
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """In the order in which a person comes to need them, not by the alphabet."""
        return [name for name, command in self.commands.items() if not command.hidden]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: without the program's name; those of the process if None.

    Returns:
        The exit code: 0, 1 for an error, 2 for a wrong call, 3 if part of the work was done.
    """
    options = _Options()
    try:
        code = _clickpose.main(
            args=None if arguments is None else list(arguments),
            prog_name="clickpose",
            standalone_mode=False,
            obj=options,
        )
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return EXIT_INTERRUPTED
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        else:
            _report(error)
        return EXIT_ERROR
    return code if isinstance(code, int) else 0


def _report(error: Exception) -> None:
    """One line that says what went wrong."""
    if isinstance(error, ClickPoseError):
        click.echo(f"clickpose: {' '.join(str(error).split())}", err=True)
    else:
        click.echo(
            f"clickpose: unexpected {type(error).__name__}: {' '.join(str(error).split())} "
            "(--debug before the command shows where)",
            err=True,
        )


@click.group(
    cls=_PathOrCommand,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="[PATH | COMMAND [OPTIONS]]",
    epilog="Each command tells more: clickpose prelabel --help",
)
@click.option("--debug", is_flag=True, help="Show where in the program an error happened.")
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def _clickpose(context: click.Context, debug: bool) -> int:
    """Annotate people's keypoints: correct one joint, and the rest of the pose follows.

    Without a command this opens the window, on PATH if there is one: a folder of images, an
    image, a COCO JSON file or a project (.clickpose).

    \b
    Examples:
      clickpose                      open the window
      clickpose photos/              ... on a folder of images
      clickpose people.json          ... on COCO keypoints
      clickpose demo                 try it on sample pictures
      clickpose doctor               check that everything is there
    """
    from clickpose_app.formats.exchange import finish_exchanges

    context.obj.debug = debug
    finish_exchanges()
    if context.invoked_subcommand is None:
        return int(context.invoke(_open))
    return 0


@_clickpose.command(_OPEN, hidden=True)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@weights_option
@device_option
def _open(path: Path | None, weights: Path | None, device: str) -> int:
    """Open the window on a folder of images, an image, a COCO JSON file or a project."""
    from clickpose_app.qt_platform import check_qt_platform

    check_qt_platform()
    from clickpose_app.app import run_window

    # "auto" that was not asked for leaves the choice to the settings.
    asked = click.get_current_context().get_parameter_source("device")
    given = asked is click.core.ParameterSource.COMMANDLINE
    return run_window(path, weights=weights, device=device if given else None)


@_clickpose.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results where there is no display.",
)
def demo(output: Path | None) -> int:
    """Open the window on sample pictures.

    Where there is no display, the same job is done without one: people are found, one joint
    is corrected, and pictures and COCO JSON are written to a folder.

    \b
    Example:
      clickpose demo
    """
    from clickpose_app.demo import run_demo

    return run_demo(output)


_clickpose.add_command(prelabel)


_clickpose.add_command(import_)
_clickpose.add_command(export)
for _command in COMMANDS:
    _clickpose.add_command(_command)
_clickpose.add_command(numbers)


_clickpose.add_command(evaluate)


_clickpose.add_command(train)
_clickpose.add_command(adapt)


@_clickpose.command()
@click.option("--start-qt", is_flag=True, hidden=True)
def doctor(start_qt: bool) -> int:
    """Check that everything needed is there, or say how to get it.

    \b
    Example:
      clickpose doctor
    """
    from clickpose_app import doctor as examination

    return examination.start_qt() if start_qt else examination.run()
