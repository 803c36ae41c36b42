"""What families hear of their children's documents of learning."""

from __future__ import annotations

from dataclasses import dataclass

from bot.notices import Notice, Unsaid
from bot.notices.enrollment import _Fitting
from bot.targets import CertificateFile, Target


@dataclass(frozen=True, kw_only=True)
class _OfCertificate(_Fitting):
    """To the family: about one document."""

    id_certificate: Unsaid[int]
    id_choice: Unsaid[int]
    child: str
    course: str
    partner: str
    document: str  # certificate | note
    number: int

    @property
    def topic(self) -> str:
        return f"certificate:{self.id_certificate}"

    @property
    def version(self) -> str:
        return self.document


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(_OfCertificate, Notice):
    """The organization has issued it: the file is a press away."""

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-certificate-get", CertificateFile(self.id_certificate))]


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(_OfCertificate, Notice):
    """It is no longer good."""

    reason: str  # none: it was issued by mistake

    @property
    def version(self) -> str:
        return "revoked"

    def after(self, older: Notice) -> Notice | None:
        """Who has not heard of it need not hear that it was taken back."""
        return None if isinstance(older, CertificateIssued) else self
