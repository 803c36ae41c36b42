"""An A4 page of a Russian office as docxtpl's template: what every default template is written with."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

FONT = "Times New Roman"  # the one font of every paper; LibreOffice has the same widths in Liberation Serif
SMALL, TABLE, NORMAL = 9, 10, 12  # points
TIGHT = 11  # of a paper that must stay one page in the widest font a machine may have instead of ours
WIDTH, ACROSS = 17.0, 25.7  # cm between the margins of a standing and of a lying page


class Sheet:
    """An A4 page of a Russian office, written line by line; `across`: its long side below."""

    def __init__(self, title: str, size: int = NORMAL, *, across: bool = False) -> None:
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm, Pt

        self.size, self.width = size, ACROSS if across else WIDTH
        self._below_rules = False  # a ruled table stands above the next line

        self.paper: Any = Document()
        self.paper.core_properties.title = title
        self.paper.core_properties.author = ""
        self.paper.core_properties.comments = ""
        page = self.paper.sections[0]
        page.page_width, page.page_height = (Cm(29.7), Cm(21)) if across else (Cm(21), Cm(29.7))
        if across:
            page.orientation = WD_ORIENT.LANDSCAPE
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.5), Cm(1.5), Cm(1.5), Cm(1.5)
        style = self.paper.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(size)
        self._one_font()
        style.paragraph_format.space_after = Pt(4 if size == NORMAL else 2)

    def _one_font(self) -> None:
        """Every script and every style in the one font: what is named nowhere, a computer chooses for itself."""
        from docx.oxml.ns import qn

        for fonts in self.paper.styles.element.iter(qn("w:rFonts")):
            for name in list(fonts.attrib):
                del fonts.attrib[name]
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(qn(f"w:{script}"), FONT)

    def line(
        self,
        text: str,
        *,
        at: str = "left",
        size: int | None = None,
        indent: float = 0,
        above: int = 0,
    ) -> Any:
        """A paragraph; `at` is left, right, center or both; `indent` in cm, `above` in points.

        A tab in the text draws a line to write on, up to the margin.
        """
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Cm, Pt

        paragraph = self.paper.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.font.size = False, Pt(size or self.size)
        places = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER, "both": WD_ALIGN_PARAGRAPH.JUSTIFY}
        if at in places:
            paragraph.alignment = places[at]
        paragraph.paragraph_format.left_indent = Cm(indent)
        paragraph.paragraph_format.space_before = Pt(above or (4 if self._below_rules else 0))
        self._below_rules = self._below_rules and text.startswith("{%p")
        if "\t" in text:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(self.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
        return paragraph

    def ends(self, left: str, right: str) -> Any:
        """One thing at the left margin, another at the right."""
        from docx.enum.text import WD_TAB_ALIGNMENT

        return self._apart(left, right, self.width, WD_TAB_ALIGNMENT.RIGHT)

    def beside(self, left: str, right: str) -> Any:
        """What stands above the two columns of a pair."""
        from docx.enum.text import WD_TAB_ALIGNMENT

        return self._apart(left, right, self.width / 2, WD_TAB_ALIGNMENT.LEFT)

    def _apart(self, left: str, right: str, at: float, how: Any) -> Any:
        from docx.shared import Cm

        line = self.line("")
        line.runs[0].text = f"{left}\t{right}"
        line.paragraph_format.tab_stops.add_tab_stop(Cm(at), how)
        return line

    def heading(self, text: str, *, above: int = 0, stays: bool = False) -> None:
        """A line in bold; `stays`: with what comes below it, on one page."""
        line = self.line(text, above=above)
        line.paragraph_format.keep_with_next = stays
        self._embolden(line)

    def title(self, text: str, *, size: int | None = None, above: int = 0, stays: bool = False) -> None:
        """A line in bold in the middle."""
        line = self.line(text, at="center", size=size, above=above)
        line.paragraph_format.keep_with_next = stays
        self._embolden(line)

    def _embolden(self, paragraph: Any) -> None:
        for run in paragraph.runs:
            run.bold = True

    def pair(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two columns without rules, a line of each beside the other, all on one page: the parties of an agreement."""
        from docx.oxml import OxmlElement
        from docx.shared import Cm

        table = self.paper.add_table(rows=max(len(left), len(right)), cols=2)
        table.autofit = False
        for column, words in enumerate((left, right)):
            table.columns[column].width = Cm(self.width / 2)
            for row, said in enumerate(words):
                cell = table.cell(row, column)
                cell.width, cell.text = Cm(self.width / 2), said
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell in row.cells if row._tr is not table.rows[-1]._tr else ():
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def mark(self, text: str) -> None:
        """A paragraph that only steers the filling in, and leaves no trace."""
        self.line("{%p " + text + " %}")

    def table(self, loop: str, columns: Sequence[tuple[str, str, float]]) -> None:
        """A ruled table with a row for each of `loop`: heading, words and width (cm) of each column."""
        from docx.oxml import OxmlElement
        from docx.shared import Cm, Pt

        table = self.paper.add_table(rows=4, cols=len(columns))
        table.style, table.autofit = "Table Grid", False
        for index, (heading, words, width) in enumerate(columns):
            table.cell(0, index).paragraphs[0].add_run(heading).bold = True
            table.cell(2, index).text = words
            for cell in (table.cell(0, index), table.cell(2, index)):
                for run in cell.paragraphs[0].runs:
                    run.font.size = Pt(TABLE)
            table.columns[index].width = Cm(width)  # LibreOffice goes by the column, Word by its cells
            for row in table.rows:
                row.cells[index].width = Cm(width)
        table.cell(1, 0).text = "{%tr for " + loop + " %}"
        table.cell(3, 0).text = "{%tr endfor %}"
        heading_row = table.rows[0]._tr.get_or_add_trPr()
        heading_row.append(OxmlElement("w:tblHeader"))  # repeated on the next page of a long list
        table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self._below_rules = True

    def saved(self) -> bytes:
        self._without_what_nothing_uses()
        kept = BytesIO()
        self.paper.save(kept)
        return kept.getvalue()

    def _without_what_nothing_uses(self) -> None:
        """Most of python-docx's own empty paper is styles of tables, the same for a Word of 2007, and a picture of it: every paper
        that is drawn would read and pack them again."""
        from docx.oxml.ns import qn

        styles = self.paper.styles.element
        by_id = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
        named = [qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle")]
        wanted = [each.get(qn("w:val")) for each in self.paper.element.iter(*named)]
        wanted += [id_ for id_, style in by_id.items() if style.get(qn("w:default")) == "1"]
        kept = set[str]()
        while wanted:
            if (id_ := wanted.pop()) in by_id and id_ not in kept:
                kept.add(id_)
                links = [qn(f"w:{name}") for name in ("basedOn", "next", "link")]
                wanted += [each.get(qn("w:val")) for each in by_id[id_].iter(*links)]
        for id_, style in by_id.items():
            if id_ not in kept:
                styles.remove(style)
        for relations in (self.paper.part.rels, self.paper.part.package.rels):
            for key in [key for key, one in relations.items() if one.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
                del relations[key]
