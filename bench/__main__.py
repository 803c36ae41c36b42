"""`make bench`: every question in turn; or those named: python -m bench echo workbook."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

QUESTIONS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))

for name in sys.argv[1:] or QUESTIONS:
    print(f"── {name} " + "─" * 60, flush=True)
    importlib.import_module(f"bench.{name}").main()
