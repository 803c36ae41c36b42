"""Which links Telegram takes, and the form it keeps them in (after TDLib's LinkManager and parse_url)."""

from __future__ import annotations

import re

_HOST = re.compile(r"(?:[a-z0-9.\-_!$,~*'();&+=\x80-\U0010ffff]|%[0-9a-f]{2})+")
_SCHEME = re.compile(r"[^:/?#@\[\]]*")
_USER = re.compile(r"tg:(?://)?user/?\?([^#]*)")
_MAX_USER = (1 << 40) - 1


class WrongLinkError(ValueError):
    """Says in TDLib's words what is wrong with the link."""


def checked(link: str, *, https_only: bool = False) -> str:
    """The link as Telegram keeps it: `ya.ru` becomes `http://ya.ru/`. Raises WrongLinkError."""
    lowered = link.lower()
    own = next((scheme for scheme in ("tg", "ton") if lowered.startswith(scheme + ":")), None)
    if own:
        link = link[len(own) + 1 :].removeprefix("//")
    secure, before, host, port, query = _parsed(link)
    if https_only and (own or not secure):
        raise WrongLinkError("Only HTTPS links are allowed")
    if own:
        if link.lower().startswith("http://") or secure or before or port or not re.fullmatch(r"[a-z0-9_-]+", host):
            raise WrongLinkError(f"Wrong {own} URL")
        return f"{own}://{host}{query[1:] if query.startswith('/?') else query}"
    if "." not in host and not host.startswith("["):
        raise WrongLinkError("Wrong HTTP URL")
    at = before + "@" if before else ""
    return f"{'https' if secure else 'http'}://{at}{host}{f':{port}' if port else ''}{query}"


def user_of(link: str) -> int | None:
    """The person of `tg://user?id=…`."""
    if found := _USER.match(link.lower()):
        for pair in found[1].split("&"):
            key, _, value = pair.partition("=")
            if key == "id":
                return int(value) if re.fullmatch(r"\d{1,15}", value) and 0 < int(value) <= _MAX_USER else None
    return None


def _parsed(url: str) -> tuple[bool, str, str, int, str]:
    """(is https, what stands before @, host, port, the rest)."""
    scheme = _SCHEME.match(url)
    protocol, rest = (scheme[0].lower(), url[scheme.end() :]) if scheme else ("", url)
    if rest.startswith("://"):
        if protocol not in ("http", "https"):
            raise WrongLinkError("Unsupported URL protocol")
        url = rest[3:]
    else:
        protocol = "http"
    end = next((i for i, char in enumerate(url) if char in "/?#"), len(url))
    place, query = url[:end], url[end:].rstrip(" \t\r\n\0\v")
    place, port = _port(place)
    before, _, host = place.rpartition("@")
    host = _host(host)
    if not query.startswith("/"):
        query = "/" + query
    query = "".join(f"%{ord(char):02X}" if char <= " " else char for char in query)
    return protocol == "https", before, host, port, query


def _port(place: str) -> tuple[str, int]:
    colon = max(place.rfind(mark) for mark in ":]@")
    if colon <= 0 or place[colon] != ":":
        return place, 0
    digits = place[colon + 1 :]
    if not re.fullmatch(r"[+-]?[0-9]+", digits) or not 0 < int(digits) <= 65535:
        raise WrongLinkError("Wrong port number specified in the URL")
    return place[:colon], int(digits)


def _host(host: str) -> str:
    # Telegram lowers ASCII letters only.
    host = re.sub(r"[A-Z]+", lambda found: found[0].lower(), host)
    if not host:
        raise WrongLinkError("URL host is empty")
    if host == ".":
        raise WrongLinkError("Host is invalid")
    if not re.fullmatch(r"\[[0-9a-f:.]+\]", host) and not _HOST.fullmatch(host):
        raise WrongLinkError("Disallowed character in URL host")
    return host
