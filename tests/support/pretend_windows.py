"""formflow as it would find itself on Windows, as far as Linux can pretend: run as a script, in a process of its own.

`imports` loads every module of ours; anything else are commands of formflow with their arguments, parted by "+". Libraries are loaded first, as what they are;
then modules, functions and signals that only POSIX has are gone, folders cannot be opened, and there are no hard links (exFAT, many shares).
The readers' child pretends, too (`sitecustomize` beside a script of this name would not be loaded there by itself: the folder is put on its path).
"""

from __future__ import annotations

import ast
import contextlib
import ctypes
import errno
import os
import pkgutil
import signal
import sys
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ImproperlyConfigured

MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt", "nis", "readline")
FUNCTIONS = (
    *("fork", "killpg", "getuid", "geteuid", "getgid", "getegid", "setsid", "getpgid", "getloadavg", "uname", "chown", "lchown"),
    *("mkfifo", "sched_getaffinity", "register_at_fork", "nice", "sync", "O_DIRECTORY"),
)  # fmt: skip
SIGNALS = (
    "SIGALRM",
    "SIGHUP",
    "SIGURG",
    "SIGXCPU",
    "SIGVTALRM",
    "SIGUSR1",
    "SIGUSR2",
    "setitimer",
    "alarm",
    "pthread_sigmask",
)
_NOT_LOADED = ("formflow.register.models", "formflow.register.migrations", "__main__")


def load_everything() -> int:
    """Imports every module of ours that can be without a register; gives how many."""
    import formflow

    names = [module.name for module in pkgutil.walk_packages(formflow.__path__, "formflow.", onerror=lambda name: None)]
    count = 0
    for name in names:
        if not any(part in name for part in _NOT_LOADED):
            import_module(name)
            count += 1
    return count


def load_libraries() -> None:
    """Everything that our modules name and that is not ours."""
    source = Path(str(files("formflow")))
    named = {
        name
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
        if name.partition(".")[0] not in ("formflow", "openvino", "onnxruntime", "rapidocr")
    }
    for name in sorted(named):
        with contextlib.suppress(ImportError, ImproperlyConfigured):
            import_module(name)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def set_up_register() -> None:
    """Modules that speak to the register ask for one to be set up."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "formflow.register.django_settings")
    django.setup()


def pretend() -> None:
    """From here on this is Windows."""
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for name in FUNCTIONS:
        if hasattr(os, name):
            delattr(os, name)
    for name in SIGNALS:
        if hasattr(signal, name):
            delattr(signal, name)
    sys.platform = "win32"
    real_open: Any = os.open

    def open_no_folder(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return int(real_open(path, flags, *more, **named))

    def no_link(source: Any, target: Any, **named: Any) -> None:
        if Path(target).exists():
            raise FileExistsError(errno.EEXIST, "file exists", str(source), None, str(target))
        raise OSError(
            errno.EINVAL, "Incorrect function", str(source), None, str(target)
        )  # as ERROR_INVALID_FUNCTION is told

    fixed_drive = SimpleNamespace(GetDriveTypeW=lambda root: 3)
    ctypes.windll = SimpleNamespace(kernel32=fixed_drive)  # type: ignore[attr-defined]
    os.open = open_no_folder
    os.link = no_link


def main(arguments: list[str]) -> int:
    if arguments == ["imports"]:
        load_libraries()
        pretend()
        set_up_register()
        print(load_everything())
        return 0
    # The libraries, with what they look at the platform for.
    for name in (
        "click",
        "django.db.backends.sqlite3.base",
        "docxtpl",
        "filelock",
        "openpyxl",
        "reportlab.pdfgen.canvas",
        "rich.progress",
    ):
        import_module(name)
    pretend()
    from formflow.cli import main as formflow

    # Several commands, one after the other, parted by "+".
    codes = [formflow(command.split()) for command in " ".join(arguments).split(" + ")]
    return max(codes)


if __name__ == "__main__":
    # The folder of this script holds test helpers, no libraries.
    sys.path[:] = [path for path in sys.path if Path(path or ".").resolve() != Path(__file__).parent]
    sys.exit(main(sys.argv[1:]))
