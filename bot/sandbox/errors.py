"""How Telegram says no: the error envelope and the refusals many methods share."""

from __future__ import annotations

from typing import Any

PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    500: "Internal Server Error",
}

# What the server says for an error of the network behind it.
WORDS = {
    "MESSAGE_NOT_MODIFIED": "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message",
    "QUERY_ID_INVALID": "query is too old and response timeout expired or query ID is invalid",
    "MESSAGE_DELETE_FORBIDDEN": "message can't be deleted",
    "REPLY_MARKUP_TOO_LONG": "reply markup is too long",
    "MEDIA_EMPTY": "wrong file identifier/HTTP URL specified",
    "WEBPAGE_CURL_FAILED": "failed to get HTTP URL content",
}


class Refused(Exception):  # noqa: N818 - an answer of the server, not a fault of it
    """Telegram's "no": becomes `{"ok": false, "error_code": …, "description": …}` with the same HTTP status.

    >>> Refused("Message text is empty").description
    'Bad Request: message text is empty'
    """

    def __init__(self, words: str, code: int = 400, *, whole: bool = False, **parameters: Any) -> None:
        words = WORDS.get(words, words)
        if not whole:
            words = f"{PREFIXES[code]}: {_lowered(words)}"
        super().__init__(words)
        self.code = code
        self.description = words
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def too_many(retry_after: int) -> Refused:
    """429: come again in so many seconds."""
    return Refused(f"Too Many Requests: retry after {retry_after}", 429, whole=True, retry_after=retry_after)


def _lowered(words: str) -> str:
    """The server lowers the first letter, except of codes such as BUTTON_DATA_INVALID."""
    if len(words) > 1 and (words[1] == "_" or "A" <= words[1] <= "Z"):
        return words
    return words[:1].lower() + words[1:]
