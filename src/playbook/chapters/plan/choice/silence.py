"""HiGHS prints lines of its own that no option turns off; nobody who reads a page wants them."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def silent() -> Iterator[None]:
    """Send what compiled code writes to standard output nowhere. Python's own is kept."""
    try:
        kept = os.dup(1)
    except OSError:  # no standard output, as under a windowed interpreter
        yield
        return
    with suppress(AttributeError, OSError, ValueError):
        sys.stdout.flush()
    _flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    try:
        yield
    finally:
        _flush()  # what C still holds would come out later
        os.dup2(kept, 1)
        os.close(kept)


def _flush() -> None:
    """Empty the buffers of the C library."""
    with suppress(AttributeError, OSError, TypeError):
        library = "ucrtbase" if sys.platform == "win32" else None
        ctypes.CDLL(library).fflush(None)
