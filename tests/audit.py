"""`make audit`: known holes in the pinned libraries, and their licences. Where there is no network it says so; licences need none.

Exit 1: a hole is known, or a licence is one nobody has looked at.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOL = "pip-audit==2.10.1"
HOME = ROOT / ".cache" / "audit"  # a place of its own: what audits is no part of what is audited
PATIENCE = 600  # seconds

# What may stand beside a program under MIT that uses it as it is. LGPL and MPL: unmodified, as a library (docs/licences.md).
FREE = re.compile(
    r"\bMIT\b|\bBSD\b|Apache|\bAPL 2\b|\bPSF\b|Python Software Foundation|\bISC\b|\bMPL\b|Mozilla|\bLGPL\b|Unlicense|\b0BSD\b|Zlib|Dual License"
)
ELSEWHERE = {"colorama": "BSD-3-Clause"}  # pinned for Windows, not installed here


def pinned(file: str) -> list[str]:
    """The names of a requirements file."""
    return re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", (ROOT / file).read_text("utf-8"), re.MULTILINE)


def licence(name: str) -> str:
    """What a library says of its licence; empty: it says nothing."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    about = importlib.metadata.metadata(name).json
    classes = [line.rpartition(" :: ")[2] for line in _lines(about.get("classifier")) if line.startswith("License ::")]
    said = [
        *_lines(about.get("license_expression")),
        *classes,
        *(each.split("\n")[0][:80] for each in _lines(about.get("license"))),
    ]
    return "; ".join(dict.fromkeys(each for each in said if each))


def _lines(said: str | list[str] | None) -> list[str]:
    return [said] if isinstance(said, str) else said or []


def unknown(names: Iterable[str]) -> dict[str, str]:
    """Those whose licence nobody has looked at, and what they say."""
    found = {name: licence(name) for name in names}
    return {name: said for name, said in found.items() if not FREE.search(said)}


def holes() -> list[str] | None:
    """Known holes, a line each; None: there was no network to ask."""
    if not (HOME / "bin" / "pip-audit").exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True, timeout=PATIENCE)
        got = subprocess.run(
            [str(HOME / "bin" / "pip"), "install", "--quiet", TOOL], check=False, timeout=PATIENCE, capture_output=True
        )
        if got.returncode:
            return None
    command = [
        str(HOME / "bin" / "pip-audit"),
        "--requirement",
        "requirements.txt",
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    try:
        asked = subprocess.run(command, cwd=ROOT, check=False, timeout=PATIENCE, capture_output=True, text=True)
        answer = json.loads(asked.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return read(answer)


def read(answer: list[dict[str, object]]) -> list[str] | None:
    """pip-audit's answer as lines; None when it could ask about none of the libraries."""
    asked = [each for each in answer if "vulns" in each]
    if not asked:
        return None
    return [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or '—'}"
        for each in asked
        for hole in each["vulns"]  # type: ignore[attr-defined]
    ]


def main() -> int:
    """Both questions, a line each."""
    odd = unknown([*pinned("requirements.txt"), *pinned("requirements-dev.txt")])
    for name, said in odd.items():
        print(f"licence: {name}: {said or 'says nothing'}")  # noqa: T201
    print(f"licences: {len(set(pinned('requirements-dev.txt')))} libraries, {len(odd)} to look at")  # noqa: T201
    known = holes()
    if known is None:
        print("holes: NOT looked for: there is no network here (pip-audit asks PyPI)")  # noqa: T201
    else:
        print("\n".join([*known, f"holes: {len(known)} known in {len(pinned('requirements.txt'))} libraries"]))  # noqa: T201
    return int(bool(odd or known))


if __name__ == "__main__":
    sys.exit(main())
