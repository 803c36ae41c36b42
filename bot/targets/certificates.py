"""Where buttons lead: documents of learning."""

from __future__ import annotations

from dataclasses import dataclass

from bot.targets.target import Target


@dataclass(frozen=True)
class Certificates(Target, prefix="cert"):
    """The groups whose pupils may get documents of learning."""

    page: int = 0


@dataclass(frozen=True)
class CertificateFile(Target, prefix="cert.file"):
    """One document as a file."""

    certificate: int
