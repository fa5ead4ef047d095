"""A whole case: which notebooks, in which order, side by side, told as it goes."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from playbook.bench import out_folder
from playbook.case import Case, load_case
from playbook.chapters import CHAPTERS, REPORT, Chapter, chapter
from playbook.core.problems import RefusedError, errors
from playbook.core.text import Lang, say
from playbook.run.execute import Outcome, Task, execute
from playbook.run.prepare import notebooks_folder

Tell = Callable[[str], None]
Key = tuple[str, Lang]


@dataclass(frozen=True)
class RunOutcome:
    """All notebooks' outcomes and, per language, the folder they stand in."""

    outcomes: tuple[Outcome, ...]
    folders: Mapping[Lang, Path]

    @property
    def ok(self) -> bool:
        return all(outcome.ok for outcome in self.outcomes)


def run_case(
    case_dir: str | Path,
    langs: Sequence[Lang] = (),
    out_dir: str | Path = "",
    only: Sequence[str] = (),
    first: str = "",
    jobs: int = 0,
    tell: Tell = print,
) -> RunOutcome:
    """Run a case's notebooks and the report.

    langs () is the case's own language; with several, out_dir gets one folder per language.
    only: these chapters alone; first: from this chapter on. Raises RefusedError, before anything
    is written, if the case has faults.
    """
    case = load_case(case_dir)
    spoken = tuple(langs) or (case.file.lang,)
    chosen = _chosen(only, first)
    _refuse_faults(case, chosen, spoken[0], tell)
    folders = {lang: _folder(case, lang, out_dir, len(spoken) > 1) for lang in spoken}
    tasks = {
        (one.name, lang): Task(
            one.name, notebooks_folder() / one.notebook, case.folder, folders[lang], lang
        )
        for lang in spoken
        for one in chosen
    }
    return RunOutcome(_conduct(tasks, jobs or os.cpu_count() or 1, tell), folders)


def _chosen(only: Sequence[str], first: str) -> tuple[Chapter, ...]:
    everything = (*CHAPTERS, REPORT)
    if only:
        names = {chapter(name).name for name in only}
        return tuple(c for c in everything if c.name in names)
    return tuple(c for c in everything if not first or c.number >= chapter(first).number)


def _refuse_faults(case: Case, chosen: Iterable[Chapter], lang: Lang, tell: Tell) -> None:
    found = case.check(tuple(c.name for c in chosen if c is not REPORT))
    if faults := errors(found):
        raise RefusedError(faults, lang)
    if found:
        tell(say("run.remarks", lang, count=len(found)))


def _folder(case: Case, lang: Lang, out_dir: str | Path, several: bool) -> Path:
    if out_dir and several:
        return Path(out_dir).resolve() / lang
    return out_folder(case, lang, out_dir)


def _conduct(tasks: Mapping[Key, Task], jobs: int, tell: Tell) -> tuple[Outcome, ...]:
    """Start each notebook when those it reads are done; the report comes last."""
    waiting = dict(tasks)
    done: dict[Key, Outcome] = {}
    running: dict[Future[Outcome], Key] = {}
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_prepare_worker
    ) as pool:
        while waiting or running:
            for key in [key for key in waiting if _ready(key, tasks, done)]:
                running[pool.submit(execute, waiting.pop(key))] = key
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                key = running.pop(future)
                done[key] = future.result()
                _report_progress(done[key], tell)
    return tuple(done[key] for key in tasks)


def _ready(key: Key, tasks: Mapping[Key, Task], done: Mapping[Key, Outcome]) -> bool:
    name, lang = key
    return all((other, lang) in done for other in chapter(name).after if (other, lang) in tasks)


def _report_progress(outcome: Outcome, tell: Tell) -> None:
    one, lang = chapter(outcome.name), outcome.lang
    title = say(f"chapter.{one.name}.title", lang)
    number, seconds = f"{one.number:02d}", outcome.seconds
    if outcome.ok:
        tell(say("run.done", lang, number=number, title=title, seconds=seconds, lang=lang))
        return
    tell(say("run.failed", lang, number=number, title=title, cell=outcome.cell, lang=lang,
             notebook=one.notebook))  # fmt: skip
    tell(say("run.cause", lang, cause=outcome.cause))


def _prepare_worker() -> None:
    """One thread each, since kernels run side by side; and no log lines of kernels on the screen.

    What goes wrong in a notebook stands in its executed copy, whatever the kernel logs.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
