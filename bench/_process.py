"""What another process has used: its processor, its memory."""

from __future__ import annotations

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def processor(pid: int) -> float:
    """Seconds of the processor a process of this machine has had, with those of its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> float:
    """Megabytes it holds in memory, less what it shares with others (the libraries on the disk)."""
    pages = Path(f"/proc/{pid}/statm").read_text("utf-8").split()
    return (int(pages[1]) - int(pages[2])) * PAGE / 2**20
