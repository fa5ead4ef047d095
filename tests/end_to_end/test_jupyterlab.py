"""The stored notebooks as a reader opens them: in JupyterLab, in a browser, on their defaults.

A few are run by hand, as it were, through the menu of a real JupyterLab; the others are executed
the cheap way. All work on a copy, so nothing is written beside the stored ones.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from playbook.bench import open_bench
from playbook.chapters import CHAPTERS, REPORT

ROOT = Path(__file__).parents[2]
IN_BROWSER = ("start", "kano", "plan", REPORT.name)
"""The first notebook, two full of tables and figures, and the last."""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 120.0
"""Seconds for a server to start or a notebook to run; on a quiet machine a tenth is enough."""
QUIET = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
"""JupyterLab's defaults but for asking the net for news."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a reader works in."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("notebooks", "data"):
        left_out = shutil.ignore_patterns(".ipynb_checkpoints", "runs")
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    return folder


@pytest.mark.parametrize(
    "name", [one.notebook for one in CHAPTERS if one.name not in IN_BROWSER]
)  # the browser has the others
def test_a_notebook_runs_on_its_defaults_from_its_own_folder(project: Path, name: str) -> None:
    folder = project / "notebooks"
    notebook = nbformat.read(folder / name, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(
        notebook, timeout=int(PATIENCE), startup_timeout=int(PATIENCE), resources=resources
    ).execute()
    saved = name.removesuffix(".ipynb")[3:] + ".json"
    assert (project / "runs" / "hotel" / "zh" / saved).is_file()
    assert faults(notebook) == []


def code_cells(notebook: Any) -> int:
    return sum(cell.cell_type == "code" for cell in notebook.cells)


def faults(notebook: Any) -> list[str]:
    """What a reader of an executed notebook should never meet."""
    return [
        f"code cell {number}: {output.get('evalue') or output.get('text')}"
        for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1)
        for output in cell.outputs
        if output.output_type == "error" or output.get("name") == "stderr"
    ]


class Lab:
    """A JupyterLab server over one folder, with a token and a home of its own."""

    def __init__(self, root: Path, home: Path) -> None:
        self.home = home
        self.token = secrets.token_hex(16)
        for name, values in QUIET.items():
            path = home / "config/lab/user-settings/@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), encoding="utf-8")
        words = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
                 "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--ServerApp.root_dir={root}",
                 "--LabApp.extension_manager=readonly"]  # fmt: skip
        self.log = home / "lab.log"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                words, cwd=root, env=self._env(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _env(self) -> dict[str, str]:
        folders = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "config/lab/user-settings",
            "JUPYTERLAB_WORKSPACES_DIR": "config/lab/workspaces",
            "IPYTHONDIR": "ipython",
        }
        ours = {name: str(self.home / folder) for name, folder in folders.items()}
        return {**os.environ, **ours, "JUPYTER_TOKEN": self.token}

    def address(self) -> str:
        """Where the server listens, once it does: it writes that down itself."""
        end = time.monotonic() + PATIENCE
        noted = self.home / "runtime" / f"jpserver-{self.process.pid}.json"
        while time.monotonic() < end and self.process.poll() is None:
            try:
                url: str = json.loads(noted.read_text(encoding="utf-8"))["url"]
                return url
            except (FileNotFoundError, json.JSONDecodeError):  # not yet, or half written
                time.sleep(0.1)
        raise RuntimeError("JupyterLab did not start:\n" + self.log.read_text(encoding="utf-8"))

    def close(self) -> None:
        """End the server, which ends its kernels."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


# fixtures that live as long as the class below: while the browser is there, a loop is running


@pytest.fixture(scope="class")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("chromium must be there where CI is set")
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="class")
def lab(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(project, tmp_path_factory.mktemp("home"))
    try:
        yield lab
    finally:
        lab.close()


@pytest.fixture(scope="class")
def results(project: Path) -> None:
    """What the notebooks before the report save, made without them."""
    for one in CHAPTERS:
        bench = open_bench(one.name, str(project / "data" / "hotel"))
        bench.save(bench.analyse(one.module("analysis").analyse))


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    yield page
    page.screenshot(path=tmp_path / "window.png")
    context.close()


class TestInJupyterLab:
    """Through the menu, as a reader does it."""

    @pytest.mark.parametrize("name", ["00_start.ipynb", "04_kano.ipynb", "07_plan.ipynb"])
    def test_run_all_cells_shows_every_block_of_a_chapter(
        self, page: Page, lab: Lab, project: Path, tmp_path: Path, name: str
    ) -> None:
        stored = nbformat.read(project / "notebooks" / name, as_version=4)
        asked = re.findall(r'page\["(\w+)"\]', json.dumps(stored).replace("\\", ""))
        notebook = run_all(page, lab, name, code_cells(stored))
        take_pictures(notebook, tmp_path)
        assert_no_errors(notebook)
        shown = notebook.locator(".jp-OutputArea-output .pb-block")
        ids = [block.get_attribute("data-block") for block in shown.all()]
        assert ids == asked
        assert notebook.locator(".pb-table table tbody tr").count() > len(asked)
        assert_figures_drawn(notebook)
        assert_blocks_keep_their_look(notebook)

    @pytest.mark.usefixtures("results")
    def test_run_all_cells_makes_the_report(
        self, page: Page, lab: Lab, project: Path, tmp_path: Path
    ) -> None:
        stored = nbformat.read(project / "notebooks" / REPORT.notebook, as_version=4)
        notebook = run_all(page, lab, REPORT.notebook, code_cells(stored))
        take_pictures(notebook, tmp_path)
        assert_no_errors(notebook)
        rows = notebook.locator(".pb-block[data-block=overview] tbody tr")
        assert rows.count() == len([one for one in CHAPTERS if one.name != "start"])
        for file in ("report.html", "report.xlsx"):
            expect(notebook).to_contain_text(file)
            assert (project / "runs" / "hotel" / "zh" / file).stat().st_size > 10_000


def run_all(page: Page, lab: Lab, name: str, cells: int) -> Locator:
    """Open the notebook, choose Run > Run All Cells, wait until the kernel has nothing to do.

    cells: how many code cells there are. What is asked before the kernel has said what it is gets
    lost in JupyterLab, wholly or in part, though the kernel's light is on.
    """
    answered: list[bool] = []

    def listen(frame: str | bytes) -> None:
        if b"kernel_info_reply" in (frame if isinstance(frame, bytes) else frame.encode()):
            answered.append(True)

    page.on("websocket", lambda socket: socket.on("framereceived", listen))
    page.goto(f"{lab.address()}lab/tree/notebooks/{name}?reset&token={lab.token}")
    notebook = page.locator(".jp-NotebookPanel:visible")
    prompts = notebook.locator(".jp-CodeCell .jp-InputPrompt")
    light = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
    idle = notebook.locator(light).get_by_role("progressbar")
    expect(prompts).to_have_count(cells, timeout=PATIENCE * 1000)
    end = time.monotonic() + PATIENCE
    while not answered and time.monotonic() < end:
        page.wait_for_timeout(100)
    idle.wait_for(state="attached")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    numbers = [f"[{number}]:" for number in range(1, cells + 1)]
    expect(prompts).to_have_text(numbers, timeout=PATIENCE * 1000)
    idle.wait_for(state="attached")
    return notebook


def assert_no_errors(notebook: Locator) -> None:
    """No traceback, nothing on the error stream: JupyterLab marks both with the same type."""
    bad = notebook.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")
    assert bad.all_text_contents() == []


def assert_figures_drawn(notebook: Locator) -> None:
    """Every figure is held in the page itself, decoded, and no wider than the cell it is in."""
    figures = notebook.locator(".pb figure img")
    assert figures.count() > 0
    for figure in figures.all():
        figure.scroll_into_view_if_needed()
        assert (figure.get_attribute("src") or "").startswith("data:image/svg+xml,")
        assert (figure.get_attribute("alt") or "").strip()
        natural, shown, room = figure.evaluate(
            "async i => (await i.decode(), [i.naturalWidth, i.width, i.closest('.pb').clientWidth])"
        )
        assert natural > 0
        assert 200 < shown <= room


def assert_blocks_keep_their_look(notebook: Locator) -> None:
    """JupyterLab's theme and rules for tables do not get the better of our style."""
    for block in notebook.locator(".pb").all():
        expect(block).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(block).to_have_css("color", "rgb(34, 34, 34)")
    for cell in notebook.locator(".pb td.pb-text").all()[:10]:
        expect(cell).to_have_css("text-align", "left")
    for cell in notebook.locator(".pb td.pb-integer, .pb td.pb-number").all()[:10]:
        expect(cell).to_have_css("text-align", "right")
    for table in notebook.locator(".pb-table").all():
        expect(table).to_have_css("overflow-x", "auto")


def take_pictures(notebook: Locator, folder: Path) -> None:
    """A picture of each output, for whoever looks into a failure."""
    for number, output in enumerate(notebook.locator(".jp-OutputArea-output").all(), 1):
        output.screenshot(path=folder / f"output_{number:02d}.png")
