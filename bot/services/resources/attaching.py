"""Files and links put to a resource or to a course: given, replaced, removed and put back; who may, and who may take them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from bot.policy import Person, Thing, can
from bot.reading.kind import scan_of
from bot.reading.links import link_in
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.resources.catalogue import resource
from storage import audit, redaction
from storage.db import Database, Tx
from storage.resources import attachments
from storage.resources.attachments import OfCourse, Put, To
from storage.tables import Attachment, Document

KIND = "attachment"  # of their documents
LARGEST = 10 * 1024 * 1024  # bytes of a file
MOST = 20  # of one resource, of one course
LONGEST_NAME = 120
STAYS = timedelta(days=1)  # how long what was removed can be put back
_SCANS = {".pdf": ("pdf",), ".jpg": ("jpg", "jpeg"), ".png": ("png",)}  # what a name may say of what the content is
_OFFICE = ("docx", "xlsx", "pptx", "odt", "ods", "odp")


@dataclass(frozen=True)
class Given:
    """What somebody sends: words, perhaps with a link; or the name and content of a file."""

    text: str = ""
    file: tuple[str, bytes] | None = None
    instead: int | None = None  # of what it takes the place


@dataclass(frozen=True)
class Whose:
    """What files are put to, by name, and what this person may do there."""

    to: To
    name: str
    changes: bool


async def whose(tx: Tx, to: To, by: Person) -> Whose:
    """Refusal: gone, where it does not stand, or where this person may not see its files."""
    if to.resource is not None:
        shown = await resource(tx, to.resource, by)
        school = shown.organization_id if shown.of_school else None
        return Whose(to, shown.name, can(by, "resource.attach", Thing(organization_id=shown.organization_id, school_id=school)))
    course = await attachments.course(tx, to.course or 0)
    if course is None or not await _reads(tx, course, by):
        raise Refusal("gone")
    return Whose(to, course.name, _may(course, by, "material.give"))


def _may(course: OfCourse, by: Person, action: str) -> bool:
    things = [Thing(organization_id=course.organization_id, teacher_id=teacher) for teacher in (None, *course.teachers)]
    return any(can(by, action, thing) for thing in things)


async def _reads(tx: Tx, course: OfCourse, by: Person) -> bool:
    """Whoever teaches it or answers for it, and the families whose child learns there now."""
    return _may(course, by, "material.see") or bool(await attachments.learning(tx, course.id, by.pupils))


async def materials_of(tx: Tx, course_id: int, by: Person) -> tuple[int, bool] | None:
    """How many materials a course has, and whether this person may give more; None: they are not theirs to see."""
    course = await attachments.course(tx, course_id)
    if course is None or not await _reads(tx, course, by):
        return None
    return (await attachments.counts(tx, [course_id])).get(course_id, 0), _may(course, by, "material.give")


async def listed(tx: Tx, to: To, by: Person) -> tuple[Whose, list[Put]]:
    """What stands there. Refusal: gone."""
    return await whose(tx, to, by), await attachments.put_to(tx, to)


async def give(db: Database, to: To, given: Given, *, by: Person, now: datetime) -> Put:
    """Put a file or a link there, perhaps in the place of another. The same once more changes nothing.

    Refusals: gone, not-yours, attachment-nothing, attachment-kind, attachment-too-big, attachment-too-many.
    """
    name, link, content = _checked(given)
    async with db.write() as tx:
        await _changeable(tx, to, by)
        stand = await attachments.put_to(tx, to)
        for one in stand:
            same = one.link == link if link else one.document_id and await redaction.content(tx, one.document_id) == content
            if same and one.name == name:
                return one
        replaced = next((one for one in stand if one.id == given.instead), None)
        if len(stand) - (replaced is not None) >= MOST:
            raise Refusal("attachment-too-many", limit=MOST)
        await attachments.forget_removed(tx, to, now - STAYS)
        document = Document(name=name, kind=KIND, content=content, made_at=now, made_by=by.known) if content is not None else None
        if document is not None:
            tx.add(document)
            await tx.flush()
        row = Attachment(
            resource_id=to.resource,
            course_id=to.course,
            name=name,
            link=link,
            document_id=document.id if document is not None else None,
            made_at=now,
            made_by=by.known,
        )
        tx.add(row)
        await tx.flush()
        if replaced is not None:
            (await tx.get_one(Attachment, replaced.id)).removed_at = now
        about = {"attachment": row.id, "instead": given.instead}
        audit.log(tx, by.known, "attachment.given", _about(to), audit.Change(after=about), now=now)
        return Put(id=row.id, to=to, name=name, link=link, document_id=row.document_id, removed_at=None)


def _about(to: To) -> tuple[str, int | None]:
    return ("resource", to.resource) if to.resource is not None else ("course", to.course)


def _checked(given: Given) -> tuple[str, str | None, bytes | None]:
    """The name, the link or the content."""
    if given.file is None:
        found = link_in(given.text)
        if found is None:
            raise Refusal("attachment-nothing")
        return brief(found[0], LONGEST_NAME), found[1], None
    name, content = given.file
    if len(content) > LARGEST:
        raise Refusal("attachment-too-big", limit=LARGEST // 2**20)
    scan = scan_of(content)
    endings = _SCANS[scan] if scan else _OFFICE
    ending = PurePath(name).suffix.removeprefix(".").lower()
    if (ending and ending not in endings) or not (scan or _plain_office(ending, content)):
        raise Refusal("attachment-kind")
    words = " ".join(given.text.split())
    stem = brief(words or PurePath(name).stem, LONGEST_NAME) or "file"
    return f"{stem}.{ending or endings[0]}", None, content


def _plain_office(ending: str, content: bytes) -> bool:
    """Whether it is an office document that runs nothing on who opens it."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
    except BadZipFile:
        return False
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        return False
    return bool(ending) and ("[Content_Types].xml" in names or "mimetype" in names)


async def _changeable(tx: Tx, to: To, by: Person) -> None:
    """The thing, locked. Refusals: gone, not-yours."""
    if to.course is not None:
        await attachments.course(tx, to.course, lock=True)
    else:
        await attachments.lock_resource(tx, to.resource or 0)
    if not (await whose(tx, to, by)).changes:
        raise Refusal("not-yours")


async def change(db: Database, attachment_id: int, *, stands: bool, by: Person, now: datetime) -> Put:
    """Remove a file or a link, or put it back while it can be. The same once more changes nothing. Refusals: gone, not-yours."""
    async with db.write() as tx:
        put = await attachments.one(tx, attachment_id)
        if put is None:
            raise Refusal("gone")
        await _changeable(tx, put.to, by)
        if (put.removed_at is None) != stands:
            (await tx.get_one(Attachment, attachment_id)).removed_at = None if stands else now
            about = audit.Change(after={"attachment": attachment_id, "stands": stands})
            audit.log(tx, by.known, "attachment.changed", _about(put.to), about, now=now)
        return put


async def take(db: Database, attachment_id: int, *, by: Person) -> tuple[Put, bytes | None]:
    """A file, or a link (then no bytes), for whoever may see it; it is counted, without whose it was. Refusal: gone."""
    async with db.write() as tx:
        put = await attachments.one(tx, attachment_id)
        if put is None or put.removed_at is not None:
            raise Refusal("gone")
        await whose(tx, put.to, by)
        content = None if put.document_id is None else await redaction.content(tx, put.document_id)
        if put.document_id is not None and not content:
            raise Refusal("gone")
        await attachments.taken(tx, put.id)
    return put, content
