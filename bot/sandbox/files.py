"""The files Telegram keeps: their ids, kinds, limits and contents."""

from __future__ import annotations

import base64
import mimetypes
import re
import struct
import zlib
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from bot.sandbox.errors import Refused
from bot.sandbox.messages import File

MOST_UPLOADED = 50 * 1024 * 1024
MOST_DOWNLOADED = 20 * 1024 * 1024
MOST_PHOTO = 10 * 1024 * 1024
KINDS = ("document", "photo", "audio", "video", "animation", "voice", "sticker")


@dataclass(slots=True)
class Upload:
    """A file on its way in: of a multipart request, or from a person's phone."""

    name: str
    content: bytes = field(repr=False)
    mime: str | None = None


class Files:
    """Files by id. An id names its kind, as Telegram's do: a photo cannot be sent as a document."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}
        self._number = 0

    def add(self, kind: str, upload: Upload) -> File:
        """Keep a new file. Raises Refused for what Telegram does not take."""
        width = height = 0
        name = PurePosixPath(upload.name.replace("\\", "/")).name or "file"
        mime = mimetypes.guess_type(name)[0] or upload.mime or "application/octet-stream"
        if not upload.content:
            raise Refused("file must be non-empty")
        if len(upload.content) > MOST_UPLOADED:
            raise Refused("Request Entity Too Large", 413, whole=True)
        if kind == "photo":
            mime, width, height = _measured(upload.content)
        self._number += 1
        tail = ".jpg" if kind == "photo" else PurePosixPath(name).suffix
        file = File(
            id=_id(kind, self._number),
            unique_id=_encoded(struct.pack("<BQ", 1, self._number)),
            kind=kind,
            name=name,
            mime=mime,
            content=upload.content,
            path=f"{kind}s/file_{self._number}{tail if tail.isascii() else ''}",
            width=width,
            height=height,
        )
        self._by_id[file.id] = file
        self._by_path[file.path] = file
        return file

    def used(self, kind: str, file_id: str) -> File:
        """The file a bot sends again by its id. Raises Refused in TDLib's words."""
        number = _number(file_id)
        file = self._by_id.get(file_id)
        if file is None or number is None:
            raise Refused("MEDIA_EMPTY")
        if file.kind != kind:
            raise Refused(f"can't use file of type {file.kind.title()} as {kind.title()}")
        return file

    def asked(self, file_id: str) -> File:
        """The file of getFile."""
        if not file_id:
            raise Refused("file_id not specified")
        file = self._by_id.get(file_id)
        if file is None:
            raise Refused("invalid file_id")
        if file.size > MOST_DOWNLOADED:
            raise Refused("file is too big")
        return file

    def at(self, path: str) -> File | None:
        return self._by_path.get(path)

    def of(self, file_id: str) -> File | None:
        return self._by_id.get(file_id)

    def named(self, file: File, name: str) -> File:
        """The same file under another name."""
        return replace(file, name=name)


def _id(kind: str, number: int) -> str:
    body = struct.pack("<BQ", KINDS.index(kind), number)
    return "BQAC" + _encoded(body + struct.pack("<I", zlib.crc32(body)) + b"\x04")


def _encoded(body: bytes) -> str:
    return base64.urlsafe_b64encode(body).rstrip(b"=").decode()


def _number(file_id: str) -> int | None:
    """Raises Refused for what cannot be an id at all."""
    wrong = "wrong remote file identifier specified: "
    bare = file_id.rstrip("=")
    if len(bare) % 4 == 1:
        raise Refused(wrong + "Wrong string length")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", bare):
        raise Refused(wrong + "Wrong character in the string")
    try:
        body = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except ValueError as error:
        raise Refused(wrong + "Wrong padding in the string") from error
    if not file_id.startswith("BQAC") or not body.endswith(b"\x04"):
        raise Refused(wrong + "can't unserialize it. Wrong last symbol")
    inner = body[3:-5]
    if len(inner) != 9 or zlib.crc32(inner) != struct.unpack("<I", body[-5:-1])[0]:
        return None
    number: int = struct.unpack("<BQ", inner)[1]
    return number


def _measured(content: bytes) -> tuple[str, int, int]:
    """Kind, width and height of a picture. Raises Refused if it is none, or has a shape Telegram does not take."""
    if len(content) > MOST_PHOTO:
        raise Refused(f"file of size {len(content)} bytes is too big for a photo; the maximum size is {MOST_PHOTO} bytes")
    found = _size(content)
    if found is None:
        raise Refused("IMAGE_PROCESS_FAILED")
    _, width, height = found
    if not width or not height or width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refused("PHOTO_INVALID_DIMENSIONS")
    return found


def _size(content: bytes) -> tuple[str, int, int] | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return "image/png", width, height
    if content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return "image/gif", width, height
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp", 512, 512
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    return None


def _jpeg(content: bytes) -> tuple[str, int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return "image/jpeg", width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None
