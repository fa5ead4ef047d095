"""The command line: ``playbook run``, ``playbook check`` and ``playbook smart``."""

import argparse
import gc
import locale
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.case import Case
    from playbook.core.problems import Problem
    from playbook.core.text import Lang


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 well, 1 faults or failures, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):  # a console that cannot show a sign shows "?"
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    given = _parser().parse_args(arguments)
    command = {"run": _run, "check": _check, "smart": _smart}[given.command]
    return command(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="playbook", description="Service-goal management 服务目标管理: check and run a case."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "run", help="run a case's notebooks and make the report 运行案例并生成报告"
    )
    run.add_argument("case", help="folder with case.toml 案例文件夹")
    run.add_argument(
        "--lang", choices=("zh", "en", "both"), help="language 语言 (default: the case's)"
    )
    run.add_argument(
        "--out", default="", help="output folder 输出文件夹 (default: runs/<case>/<lang>)"
    )
    run.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CHAPTER",
        help="this chapter alone; may be repeated 只运行该章",
    )
    run.add_argument(
        "--from",
        dest="first",
        default="",
        metavar="CHAPTER",
        help="from this chapter on 从该章开始",
    )
    run.add_argument(
        "--jobs", type=int, default=0, help="notebooks side by side 并行数 (default: cores)"
    )
    check = commands.add_parser("check", help="check a case's data 检查案例数据")
    check.add_argument("case", help="folder with case.toml 案例文件夹")
    check.add_argument("--lang", choices=("zh", "en"), help="language 语言 (default: the case's)")
    _add_smart(commands)
    return parser


def _add_smart(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    smart = commands.add_parser(
        "smart", help="read and judge a goal sentence 读一句目标并按 SMART 判定"
    )
    smart.add_argument("text", nargs="?", default="", help="a goal in words 一句目标")
    smart.add_argument("--file", default="", help='goals as JSON: [{"id": …, "text": …}] 目标文件')
    smart.add_argument(
        "--date",
        type=_as_day,
        metavar="YYYY-MM-DD",
        help="day that relative dates are counted from 相对日期的起算日 (default: today 今天)",
    )
    smart.add_argument(
        "--case", default="", help="judge A on this case's histories 用该案例的历史判定 A"
    )
    smart.add_argument(
        "--lang", choices=("zh", "en"), help="language 语言 (default: the sentence's 同语句)"
    )
    smart.add_argument(
        "--score", action="store_true", help="score a file of labelled goals 给带标注的文件打分"
    )
    smart.add_argument(
        "--json", action="store_true", help="print data; of a file, predictions by id 输出数据"
    )


def _as_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: write a day like 2026-01-15") from None


def _smart(given: argparse.Namespace) -> int:
    gc.disable()  # an answer at once: a tenth of the time would go into looking for garbage
    try:
        from playbook.cli_smart import smart

        return smart(given)
    finally:
        gc.enable()


def _run(given: argparse.Namespace) -> int:
    from playbook.chapters import REPORT
    from playbook.core.problems import RefusedError
    from playbook.core.text import LANGS, say
    from playbook.run.conduct import run_case

    langs = {"both": LANGS, None: ()}.get(given.lang, (given.lang,))
    try:
        outcome = run_case(given.case, langs, given.out, given.only, given.first, given.jobs, _tell)
    except RefusedError as refused:
        lang = _language(given.lang, given.case)
        _say_problems(refused.lines(lang))
        _tell(say("run.refused", lang, count=len(refused.problems)))
        return 1
    except KeyError as unknown:
        print(unknown.args[0], file=sys.stderr)
        return 2
    failed = [o for o in outcome.outcomes if not o.ok]
    for lang, folder in outcome.folders.items():
        if any(o.lang == lang for o in failed):
            count = sum(o.lang == lang for o in failed)
            _tell(say("run.some_failed", lang, count=count, folder=shown_path(folder)))
        report = folder / "report.html"
        if any(o.name == REPORT.name and o.lang == lang and o.ok for o in outcome.outcomes):
            _tell(say("run.report", lang, path=shown_path(report)))
    return 1 if failed else 0


def _check(given: argparse.Namespace) -> int:
    from playbook.case import load_case
    from playbook.core.problems import RefusedError, errors
    from playbook.core.text import say

    try:
        case = load_case(given.case)
    except RefusedError as refused:
        lang = _language(given.lang, given.case)
        _say_problems(refused.lines(lang))
        return 1
    lang = given.lang or case.file.lang
    problems = case.check()
    faults = errors(problems)
    _say_tables(case, lang)
    if problems:
        _tell("\n" + say("run.problems_title", lang))
        _say_problems([say(f"run.{p.level}", lang, text=p.say(lang)) for p in problems])
    _say_chapters(case, faults, lang)
    key = "run.faulty" if faults else "run.sound"
    _tell("\n" + say(key, lang, count=len(faults)))
    return 1 if faults else 0


def _say_tables(case: "Case", lang: "Lang") -> None:
    from playbook.core.text import say

    _tell(say("run.tables_title", lang))
    for item in case.loaded:
        file = f"{item.place.file} / {item.place.sheet}" if item.place.sheet else item.place.file
        if item.frame is None:
            _tell("  " + say("run.table_faulty", lang, table=item.name, file=file))
        else:
            blanks, columns = sum(item.blanks.values()), item.frame.shape[1]
            _tell("  " + say("run.table", lang, table=item.name, rows=item.rows, columns=columns,
                             blanks=blanks, file=file))  # fmt: skip


def _say_chapters(case: "Case", faults: "tuple[Problem, ...]", lang: "Lang") -> None:
    from playbook.chapters import CHAPTERS
    from playbook.core.text import listing, say

    _tell("\n" + say("run.chapters_title", lang))
    for one in CHAPTERS:
        missing = case.missing(one)
        needs = listing([say("section.or", lang).join(group) for group in missing], lang)
        key = "skipped" if missing else "refused_chapter" if faults else "runs"
        title = say(f"chapter.{one.name}.title", lang)
        _tell("  " + say(f"run.{key}", lang, number=f"{one.number:02d}", title=title, needs=needs))


def shown_path(path: Path) -> str:
    """A path from the current folder if it lies below it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _language(asked: str | None, case_dir: str) -> "Lang":
    """The language to speak in when the case itself could not be read."""
    if asked:
        return "en" if asked == "en" else "zh"
    toml = Path(case_dir) / "case.toml"
    try:
        head = toml.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        head = ""
    if 'lang = "en"' in head or 'lang = "zh"' in head:
        return "en" if 'lang = "en"' in head else "zh"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


def _say_problems(lines: Sequence[str]) -> None:
    for line in lines:
        _tell("  " + line)


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
