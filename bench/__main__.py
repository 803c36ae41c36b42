"""`make bench`: every question in turn; or those named: python -m bench echo workbook. One that fails does not end the others."""

from __future__ import annotations

import importlib
import sys
import time
import traceback
from pathlib import Path

QUESTIONS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main() -> int:
    failed = []
    for name in sys.argv[1:] or QUESTIONS:
        began = time.perf_counter()
        print(f"── {name} " + "─" * 60, flush=True)
        try:
            importlib.import_module(f"bench.{name}").main()
        except Exception:
            traceback.print_exc(limit=-3)
            failed.append(name)
        print(f"({name}: {time.perf_counter() - began:.0f} s)\n", flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
