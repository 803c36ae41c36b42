"""A paper from its DOCX template: the school's own where there is one, else the default beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from bot.documents.template_words import unknown_words
from bot.refusals import Refusal

TEMPLATES = Path(__file__).parent / "templates"
ERASED = "данные отозваны"  # the same, where the family has withdrawn them
NAMELESS = "согласия на передачу имени нет"  # in a line of a paper for a partner
LARGEST = 10 * 2**20  # bytes of a template; unpacked, what a computer of a school can still open
UNPACKED = 6 * LARGEST
READ = 64  # texts of templates kept as they were read: of a file its body, its headers and footers, its title
_BREAKS = re.compile("[\t\n\a\f]")
# What a paper is nothing without: a school's template that never says it is refused.
MUST: Mapping[str, tuple[str, ...]] = {
    "application.docx": ("child", "wishes"),
    "request.docx": ("number", "courses"),
    "request_delta.docx": ("number", "added", "withdrawn"),
    "order.docx": ("number", "day", "partners"),
    "amendment.docx": ("number", "day", "added", "left"),
    "agreement.docx": ("number", "day", "partner"),
    "agreement_resource.docx": ("number", "day", "partner"),
    "consent.docx": ("children",),
    "programme.docx": ("courses",),
    "load.docx": ("loads",),
    "report.docx": ("groups", "period"),
    "certificate.docx": ("certificates",),
    "certificate_note.docx": ("certificates",),
    "network_programme.docx": ("criteria",),
}


@dataclass(frozen=True)
class Picture:
    """A PNG that stands in a paper as wide as this."""

    png: bytes
    mm: int


def paper(name: str, facts: Mapping[str, Any], own: Path | None = None) -> bytes:
    """The template `name` (application.docx) filled in; `own` is the folder where the school's templates of that name win.

    Facts are data: whatever stands in a name, the template does not obey it. A word the template uses and the bot does not
    know is an error, not a blank: a paper with a hole would be signed unseen.
    Refusals, each naming the file: template-not-docx, template-unknown-word, template-broken, template-without-word,
    template-too-big, template-macros.
    """
    made = BytesIO()
    with _faults_named(name):
        file, words = _template(name, own), _words()
        template = _filled()(file)
        template.render(_with_pictures(template, dict(facts)), words, autoescape=True)
        template.save(made)
        if file.parent != TEMPLATES:
            _says_what_it_may(file, facts, words)
    return made.getvalue()


def _says_what_it_may(file: Path, facts: Mapping[str, Any], words: Any) -> None:
    """Of a school's own template every word is known, where these facts do not lead too, and none it must say is missing."""
    from docxtpl import DocxTemplate
    from jinja2 import meta

    trees, said = [words.parse(xml) for xml in _sources(DocxTemplate(file))], set[str]()
    for tree in trees:
        if unknown := unknown_words(tree, facts):
            raise Refusal("template-unknown-word", file=file.name, word=unknown[0])
        said |= meta.find_undeclared_variables(tree)
    if missing := [word for word in MUST.get(file.name, ()) if word not in said]:
        raise Refusal("template-without-word", file=file.name, word=missing[0])


def _sources(template: Any) -> Iterator[str]:
    """What of a template is filled in: its body, its headers and footers."""
    template.init_docx()
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))


@cache
def _filled() -> Any:
    """docxtpl's template. For breaks and tabs within a fact it looks through every run of a paper: of one that has none it need not."""
    from docxtpl import DocxTemplate

    class Filled(DocxTemplate):  # type: ignore[misc]  # docxtpl tells no types
        def resolve_listing(self, xml: str) -> str:
            return str(super().resolve_listing(xml)) if _BREAKS.search(xml) else xml

    return Filled


@cache
def _words() -> Any:
    """What fills templates in. It keeps those it has read, each by its whole text: reading one costs twice as much as filling it in."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    words: Any = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    words.from_string = lru_cache(READ)(words.from_string)
    return words


@contextmanager
def _faults_named(name: str) -> Iterator[None]:
    """What is wrong with a template becomes a refusal that names its file."""
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateError, UndefinedError

    try:
        yield
    except Refusal:
        raise
    except (PackageNotFoundError, BadZipFile, KeyError):
        raise Refusal("template-not-docx", file=name) from None
    except UndefinedError as error:
        quoted = re.findall(r"'([^']*)'", error.message or "")
        raise Refusal("template-unknown-word", file=name, word=quoted[-1] if quoted else "?") from None
    except TemplateError as error:
        raise Refusal("template-broken", file=name, why=_near(error) or (error.message or type(error).__name__)[:80]) from None
    except Exception as error:  # whatever else somebody wrote into their template
        raise Refusal("template-broken", file=name, why=f"{type(error).__name__}: {error}"[:80]) from None


def _with_pictures(template: Any, fact: Any) -> Any:
    """The facts with every picture as the template takes it."""
    match fact:
        case Picture(png=png, mm=mm):
            from docx.shared import Mm
            from docxtpl import InlineImage

            return InlineImage(template, BytesIO(png), width=Mm(mm))
        case dict():
            return {name: _with_pictures(template, each) for name, each in fact.items()}
        case list():
            return [_with_pictures(template, each) for each in fact]
        case _:
            return fact


def _template(name: str, own: Path | None) -> Path:
    """The file to fill in. Of a school's own nothing is opened that is too large, or that would run on who opens the paper."""
    if own is not None and (own / name).with_suffix(".docm").is_file():
        raise Refusal("template-macros", file=f"{Path(name).stem}.docm")
    if own is None or not (own / name).is_file():
        return TEMPLATES / name
    if (own / name).stat().st_size > LARGEST:
        raise Refusal("template-too-big", file=name)
    with ZipFile(own / name) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED:
            raise Refusal("template-too-big", file=name)
        types = packed.read("[Content_Types].xml")
        if b"macroEnabled" in types or any(part.lower().endswith("vbaproject.bin") for part in packed.namelist()):
            raise Refusal("template-macros", file=name)
    return own / name


def _near(error: Exception) -> str:
    """The template's own words where it cannot be read: the marked line nearest to the fault, or nothing."""
    lineno = getattr(error, "lineno", None) or 0
    context = [line.strip() for line in getattr(error, "docx_context", ())]
    fault = lineno - 1 - max(lineno - 4, 0)
    marked = [place for place, line in enumerate(context) if "{{" in line or "{%" in line]
    return f"«{context[min(marked, key=lambda place: abs(place - fault))][:60]}»" if marked else ""
