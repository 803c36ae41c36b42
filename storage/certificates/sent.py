"""Files of documents of learning as they went out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.db import Tx
from storage.tables import Certificate, CertificateFile, CertificateInFile
from storage.upsert import insert_new


@dataclass(frozen=True)
class Sent:
    """A file that went out, without its content."""

    id: int
    name: str
    sha256: str
    made_at: datetime


def of_what(form: str, certificates: Collection[int]) -> str:
    """By what a file is found again: in which form it is (docx | pdf), and which documents stand in it."""
    return hashlib.sha256(f"{form}:{sorted(certificates)}".encode()).hexdigest()


async def file(tx: Tx, of: str) -> tuple[str, bytes, str] | None:
    """Name, content and digest of what went out, if it did and still holds everybody's name."""
    row = (
        await tx.execute(
            select(CertificateFile.name, CertificateFile.content, CertificateFile.sha256).where(CertificateFile.of == of)
        )
    ).one_or_none()
    return None if row is None or row.content is None else (row.name, row.content, row.sha256)


async def keep(
    tx: Tx, form: str, certificates: Collection[int], made: tuple[str, bytes], by: tuple[int | None, datetime]
) -> None:
    """Keep a file, named and drawn just now; one that is there already stays. `by`: who, and when."""
    of, (name, content) = of_what(form, certificates), made
    row = {"of": of, "name": name, "content": content, "sha256": hashlib.sha256(content).hexdigest()}
    await tx.execute(insert_new(tx, CertificateFile, row | {"made_by": by[0], "made_at": by[1]}))
    number = await tx.scalar(select(CertificateFile.id).where(CertificateFile.of == of))
    links = [{"file_id": number, "certificate_id": one} for one in certificates]
    await tx.execute(insert_new(tx, CertificateInFile, links))


async def named(tx: Tx, certificates: Collection[int]) -> bool:
    """Whether all of these still say whose they are."""
    of = (Certificate.id.in_(certificates), Certificate.pupil_id.is_not(None))
    return await tx.scalar(select(func.count(Certificate.id)).where(*of)) == len(certificates)


async def of_certificate(tx: Tx, certificate_id: int) -> list[Sent]:
    """The files a document stands in, the newest first."""
    rows = await tx.execute(
        select(CertificateFile.id, CertificateFile.name, CertificateFile.sha256, CertificateFile.made_at)
        .join(CertificateInFile, CertificateInFile.file_id == CertificateFile.id)
        .where(CertificateInFile.certificate_id == certificate_id, CertificateFile.content.is_not(None))
        .order_by(CertificateFile.made_at.desc(), CertificateFile.id.desc())
    )
    return [Sent(**row._mapping) for row in rows]


async def others_in(tx: Tx, file_id: int) -> list[int]:
    """The documents that stand in a file."""
    return list(await tx.scalars(select(CertificateInFile.certificate_id).where(CertificateInFile.file_id == file_id)))


async def kept(tx: Tx, file_id: int) -> tuple[str, bytes, str] | None:
    """A file by itself: name, content and digest, if it still holds everybody's name."""
    found = await tx.scalar(select(CertificateFile.of).where(CertificateFile.id == file_id))
    return None if found is None else await file(tx, found)
