"""`--help` in the language of the command line: Typer's own words and those of each command and option."""

from __future__ import annotations

from typing import Any

from typer import rich_utils

from bot.voice import Voice


def in_language(command: Any, say: Voice) -> Any:
    """The command with everything below it, its help said anew. What the locales do not know stays as the code says it."""
    rich_utils.OPTIONS_PANEL_TITLE = say.plain("cli-help-options")
    rich_utils.ARGUMENTS_PANEL_TITLE = say.plain("cli-help-arguments")
    rich_utils.COMMANDS_PANEL_TITLE = say.plain("cli-help-commands")
    rich_utils.REQUIRED_LONG_STRING = say.plain("cli-help-required")
    rich_utils.DEFAULT_STRING = say.plain("cli-help-default")
    _translate(command, "cli-help", say)
    return command


def _translate(command: Any, key: str, say: Voice) -> None:
    command.help = _said(key, command.help, say)
    command.options_metavar = say.plain("cli-help-some-options")
    usage = command.get_usage
    command.get_usage = lambda context: usage(context).replace("Usage:", say.plain("cli-help-usage"), 1)
    own_help = command.get_help_option
    command.get_help_option = lambda context: _with_help(own_help(context), say)
    for param in command.params:
        if hasattr(param, "help"):
            option = next((name.lstrip("-") for name in param.opts if name.startswith("--")), param.name)
            param.help = _said(f"{key}-{option}", param.help, say)
    if hasattr(command, "commands"):
        command.subcommand_metavar = say.plain("cli-help-some-command")
        for name, inner in command.commands.items():
            _translate(inner, f"{key}-{name}", say)


def _with_help(option: Any, say: Voice) -> Any:
    if option is not None:
        option.help = say.plain("cli-help-help")
    return option


def _said(key: str, before: str | None, say: Voice) -> str | None:
    return say.plain(key) if say.knows(key) else before
