"""Python's collector, as a bot at work has it: decision 1 says why, and what was measured."""

from __future__ import annotations

import gc


def look_seldom() -> None:
    """What stands now (libraries, handlers, words) is no garbage and looked at no more; what comes is looked at seldom, and never
    so much at once that somebody waits for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 500)
