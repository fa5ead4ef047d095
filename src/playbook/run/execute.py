"""One notebook executed through papermill, and cleaned of times and paths of this machine."""

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook.core.records import write_text
from playbook.core.text import Lang
from playbook.run.prepare import check_parameters, in_language

KERNEL = "python3"
START_TRIES = 2
"""Kernels that start side by side now and then miss a port; a second try cures it."""


@dataclass(frozen=True)
class Task:
    """One notebook to run in one language. Paths are absolute; out is the output folder."""

    name: str
    source: Path
    case: Path
    out: Path
    lang: Lang


@dataclass(frozen=True)
class Outcome:
    """How it ended. cell counts code cells from 1; cause is one line."""

    name: str
    lang: Lang
    seconds: float
    cell: int | None = None
    cause: str = ""

    @property
    def ok(self) -> bool:
        return not self.cause


def execute(task: Task) -> Outcome:
    """Run one notebook; the executed copy stands in task.out, also when a cell failed."""
    start = time.perf_counter()
    for kind in ("json", "html", "xlsx"):  # an older result must not pass for this run's
        (task.out / f"{task.name}.{kind}").unlink(missing_ok=True)
    if task.name == "tree":
        from playbook.report.cascade import clear_sheets

        clear_sheets(task.out)
    cell, cause = _execute(task)
    return Outcome(task.name, task.lang, time.perf_counter() - start, cell, cause)


def _execute(task: Task) -> tuple[int | None, str]:
    import nbformat

    check_parameters(task.source, parameters := _parameters(task))
    notebook = in_language(nbformat.read(task.source, as_version=4), task.lang)
    task.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        prepared, done = Path(folder) / "in.ipynb", Path(folder) / "out.ipynb"
        nbformat.write(notebook, prepared)
        cause = _papermill(prepared, done, parameters, task.out)
        if not done.is_file():
            return None, cause
        executed = nbformat.read(done, as_version=4)
    fault = _fault(executed) if cause else None
    _clean(executed, task)
    write_text(task.out / task.source.name, nbformat.writes(executed) + "\n")
    return fault or (None, cause)


def _papermill(source: Path, done: Path, parameters: Mapping[str, str], cwd: Path) -> str:
    """Run papermill; returns the cause of a failure in one line, empty if all went well.

    The kernel speaks through sockets in a private folder where the system has them: ports of the
    loopback address could be read by other users of the machine, and collide now and then.
    """
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError

    for attempt in range(1, START_TRIES + 1):
        try:
            execute_notebook(
                str(source), str(done), dict(parameters),
                kernel_name=KERNEL, cwd=str(cwd), progress_bar=False,
                request_save_on_cell_execute=False, config=_transport(source.parent),
            )  # fmt: skip
        except PapermillExecutionError as failed:
            return f"{failed.ename}: {failed.evalue}".splitlines()[0]
        except RuntimeError as died:  # jupyter_client: the kernel did not start, or died
            if attempt == START_TRIES:
                return f"kernel: {died}".splitlines()[0]
        else:
            return ""
    return ""


def _transport(folder: Path) -> Any:
    from traitlets.config import Config

    if os.name == "nt":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": str(folder / "kernel")}})


def _parameters(task: Task) -> dict[str, str]:
    """Paths as seen from the output folder, so that the copy runs again wherever both lie."""
    try:
        case = os.path.relpath(task.case, task.out)
    except ValueError:  # another drive
        case = str(task.case)
    return {"case_dir": Path(case).as_posix(), "lang": task.lang, "out_dir": "."}


def _fault(notebook: Any) -> tuple[int, str] | None:
    """The failing code cell, counted from 1 without the injected one, and its cause."""
    code = [c for c in notebook.cells if c.cell_type == "code"]
    own = [c for c in code if "injected-parameters" not in c.metadata.get("tags", ())]
    for number, cell in enumerate(own, 1):
        for output in cell.outputs:
            if output.output_type == "error":
                lines = str(output.evalue).splitlines() or [""]
                return number, f"{output.ename}: {lines[0]}"
    return None


def _clean(notebook: Any, task: Task) -> None:
    """Drop what papermill and the kernel noted of this machine and this hour."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                output.traceback = [_without_paths(line, task) for line in output.traceback]


def _without_paths(line: str, task: Task) -> str:
    roots = (str(task.case.parent), str(task.out), str(Path(__file__).parents[3]), sys.prefix,
             sys.base_prefix, str(Path.home()))  # fmt: skip
    for root in sorted(roots, key=len, reverse=True):
        line = line.replace(root, "…")
    return line
