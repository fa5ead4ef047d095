#!/usr/bin/env python3
"""Set up once, then run: python3 start.py run [case] | lab | test | check case

Needs Python 3.11 or later and nothing else. 只需要 Python 3.11 或更高版本。
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock.txt"
STAMP = VENV / "playbook.stamp"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

USAGE = """\
python3 start.py run [case]    运行案例并生成报告 / run a case and make its report (data/hotel)
python3 start.py check [case]  检查案例数据 / check a case's data
python3 start.py lab           打开 JupyterLab / open the notebooks
python3 start.py test          运行测试 / run the tests
"""


def main(words: "list[str]") -> int:
    """Do one command; returns its exit code."""
    if not words or words[0] not in ("run", "check", "lab", "test"):
        print(USAGE)
        return 0 if words[:1] in (["-h"], ["--help"]) else 2
    command, rest = words[0], words[1:]
    if sys.version_info < (3, 11):
        print(f"需要 Python 3.11 或更高版本，现在是 {sys.version.split()[0]}。请安装后重试。\n"
              f"Python 3.11 or later is needed, this is {sys.version.split()[0]}. "
              "Install it and try again.")  # fmt: skip
        return 1
    fault = set_up()
    if fault:
        print(fault)
        return 1
    if command == "lab":
        return call("-m", "jupyterlab", "notebooks", *rest)
    if command == "test":
        return test(rest)
    case = rest or ["data/hotel"]
    return call("-m", "playbook.cli", command, *case)


def set_up() -> str:
    """Make .venv and install what the lock file pins; returns what to do if that fails."""
    if not PYTHON.exists():
        print("正在创建 .venv … / making .venv …", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)  # else half a .venv would be taken for a whole
            return ("无法创建 .venv。Debian/Ubuntu 请先执行：sudo apt install python3-venv\n"
                    "Could not make .venv. On Debian or Ubuntu run: sudo apt install python3-venv, "
                    "then try again.")  # fmt: skip
    wanted = hashlib.sha256(LOCK.read_bytes() + (HERE / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return ""
    print("正在安装所需的包，首次需几分钟 … / installing packages, some minutes the first time …",
          flush=True)  # fmt: skip
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if call(*pip, "-r", str(LOCK)) or call(*pip, "--no-deps", "-e", str(HERE)):
        return ("安装失败：请检查网络后重试。\n"
                "The installation failed: check the network and try again.")  # fmt: skip
    STAMP.write_text(wanted, encoding="utf-8")
    return ""


def test(rest: "list[str]") -> int:
    """Style, types, then the tests; all are run, the first failure decides."""
    if rest:
        return call("-m", "pytest", *rest)
    codes = [
        call("-m", "ruff", "check", "."),
        call("-m", "ruff", "format", "--check", "."),
        call("-m", "mypy"),
        call("-m", "pytest", "-n", "auto", "--dist", "loadscope"),
    ]
    return next((code for code in codes if code), 0)


def call(*words: str) -> int:
    """Run .venv's Python from the project's folder."""
    return subprocess.run([str(PYTHON), *words], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
