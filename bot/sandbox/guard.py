"""Who may speak to this port, page and Bot API alike: this machine, and no other web page."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def refusal(request: web.BaseRequest, *, always_writes: bool = False) -> str | None:
    """Why this request is not answered, or None. `always_writes`: a GET changes something too, as in the Bot API.

    A foreign name for this address (DNS rebinding) shows in Host. A foreign page that writes shows in Origin, or in
    Sec-Fetch-Site; a program on this machine sends neither.
    """
    host = request.headers.get("Host", "")
    if _name(f"http://{host}") not in LOOPBACK:
        return "foreign Host"
    if request.method in ("GET", "HEAD") and not always_writes:
        return None
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return "foreign Origin"
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return "foreign page"
    return None


def _name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
