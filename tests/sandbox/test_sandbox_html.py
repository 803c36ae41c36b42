"""The sandbox reads HTML as the real TDLib does: the same text, the same entities, the same complaints."""

from __future__ import annotations

import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.sandbox.entities import cleaned, fixed, nested, units
from bot.sandbox.errors import Refused
from bot.sandbox.html import Entity, parse, unparse

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="TDLib's wheel is for Linux")


def read(markup: str) -> tuple[str, list[Entity]] | str:
    try:
        return parse(markup)
    except Refused as refusal:
        return refusal.description


def judged(markup: str) -> tuple[str, list[Entity]] | str:
    from tests.sandbox_tdlib import parsed, quiet

    quiet()
    found = parsed(markup)
    if isinstance(found, tuple):
        # Not simulated: <tg-time>. Its words stay, its entity is left out.
        return found[0], [entity for entity in found[1] if entity["type"] != "date_time"]
    return found


TRICKY = [
    "", " ", "<b>x</b>", "<b> x </b> ", "<b", "<b >x</b >", "<b/>x", "<b x>y</b>", "<B>x</b>", "<b>x</B>", "<b>x", "<zz>", "<>",
    "a < b", "a & b", "<b>x</>", "</b>", "<b>x</b", "</b ", "<b></ >", "<b =>", '<b "x">y</b>', "<b class=x_y>x</b>",
    "<b class=x>x</b>", "<b><i>x</b></i>", "<b>x</b><b>y</b>", "<b>x<b>y</b>z</b>", "<i>😀<b>я</b></i>", "<b\0>x</b>",
    "<b>\r\nx\x01y\0z</b>", "<a href>x</a>", "<a href=>x</a>", "<a href=t.me>x</a>", '<a href="t.me>x</a>', "<a>ya.ru</a>",
    "<a>zz</a>", '<a href="bad link">zz</a>', '<a href="HTTP://YA.ru">zz</a>', '<a href="ya.ru/x y">zz</a>', "<a href='x'>",
    '<a href="https://ya.ru/?a=1&amp;b=2">x</a>', '<a href="tg://user?id=123">x</a>', '<a href="TG:user/?x=1&id=7#z">x</a>',
    '<a href="tg://user?id=0">x</a>', '<a href="tg://resolve?domain=x">z</a>', '<a href="mailto:a@b.ru">z</a>',
    '<a href="tel:+7">z</a>', '<a href="javascript:1">z</a>', '<a href="ftp://a.b">z</a>', '<a href="a.b:80">z</a>',
    '<a href="a.b:99999">z</a>', '<a href="https://a.b:0443/q?w#e">z</a>', '<a href="http://ШКОЛА.рф">z</a>', '<a href="ton://a">z</a>',
    '<a href="http://u:p@a.b/">z</a>', '<a href="http://a%2fb.c">z</a>', '<a href="http://a%zz.c">z</a>', '<a href="http://[::1]/">z</a>',
    "<code><b>x</b></code>", '<pre><code class="language-py">x</code></pre>', "<code class='language-py'><pre>x</pre></code>",
    "<pre><code>x</code></pre>", "<code class='language-py'>x</code>", "<pre><code class=language-a><u>x</u></code></pre>",
    "<blockquote>a<blockquote>b</blockquote></blockquote>", "<blockquote expandable>a</blockquote>", "<span>x</span>",
    '<blockquote expandable="">a</blockquote>', "<span class='tg-spoiler'>x</span>", "<span class='tg-x'>x</span>",
    "<tg-spoiler>x</tg-spoiler>", "<tg-emoji emoji-id='1'>x</tg-emoji>", '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
    "<tg-emoji>👍</tg-emoji>", "<tg-emoji emoji-id=x>y</tg-emoji>", "<tg-emoji emoji-id='1'></tg-emoji>", "<u></u>x<s> </s>",
    "<tg-time>x</tg-time>", "&lt;&amp;&nbsp;&#65;&#x41;&#x1F600;&#0;&lt&ltx;&", "&#xD83D;&#xDE00;", "&#1114111;", "&#1114110;",
    "&#123456789;", "&#x;", "&#;", "&quot;<b>&lt;b&gt;</b>", "<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>",
    "<Я>", "<b Я=1>x</b>", "<b>я</b", "я<zz>", "😀<b", "<\u200b</B>'>", "<a href=\0x", "<a href=\n\"ya.ru\">x</a>",
]  # fmt: skip


@pytest.mark.parametrize("markup", TRICKY)
def test_tricky_markup_is_read_as_tdlib_reads_it(markup: str) -> None:
    assert read(markup) == judged(markup)


PIECES = [
    "<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<s>", "</s>", '<a href="', "<a href='", "<a href=", '">', "'>", ">", "<a>", "</a>",
    "ya.ru", "https://ya.ru/", "tg://user?id=5", "<code>", "</code>", "<pre>", "</pre>", '<pre><code class="language-py">',
    "</code></pre>", "<code class='language-x'>", "<blockquote>", "<blockquote expandable>", "</blockquote>", "<span>", "</span>",
    '<span class="tg-spoiler">', "<tg-spoiler>", "</tg-spoiler>", '<tg-emoji emoji-id="77">', "</tg-emoji>", "</>", "</ ", "<", "&",
    "&lt;", "&gt", "&amp;", "&nbsp;", "&#65;", "&#x1F600;", "&#", "&#x", "&#0;", "&#xd83d;", "&#1234567;", "a", " ", "\n", "я", "😀",
    "<B>", "<b class=x>", "<b =", '"', "'", "=", "/", "\0", "\r", "\x0b", "\x0c", "\u200b", "\u00a0", "<a href=ya.ru>", "<b a=b c='d' e>",
]  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(max_examples=600, deadline=None)
@given(MARKUP)
def test_any_markup_is_read_as_tdlib_reads_it(markup: str) -> None:
    assert read(markup) == judged(markup)


TREE = st.recursive(
    st.text("aя😀 \n.&", max_size=4).map(lambda text: text.replace("&", "&amp;")),
    lambda inner: st.tuples(
        st.sampled_from(
            ["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler", "a href='ya.ru'", "code class=language-q"]
        ),
        st.lists(inner, max_size=3).map("".join),
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(TREE)
def test_whole_markup_is_read_as_tdlib_reads_it(markup: str) -> None:
    assert read(markup) == judged(markup)


@settings(max_examples=400, deadline=None)
@given(TREE)
def test_markup_survives_being_written_again(markup: str) -> None:
    text, entities = fixed(*parse(markup))
    again = fixed(*parse(unparse(text, entities)))
    assert again == (text, entities)


@st.composite
def formatted(draw: st.DrawFn) -> tuple[str, list[Entity]]:
    text = draw(st.text("aя😀 \nb\r\t\x01\u2028\u0333\u200b", min_size=1, max_size=10))
    edges = [units(text[:number]) for number in range(len(text) + 1)]
    kinds = ["bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote", "expandable_blockquote"]
    entities = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted(draw(st.lists(st.sampled_from(edges), min_size=2, max_size=2, unique=True)))
        entities.append({"type": draw(st.sampled_from(kinds)), "offset": start, "length": end - start})
    return text, entities


@settings(max_examples=600, deadline=None)
@given(formatted())
def test_text_and_entities_are_cleaned_split_and_merged_as_tdlib_does(given_: tuple[str, list[Entity]]) -> None:
    """Left out: trimming of the ends (this entrance of TDLib does none) and text of which nothing is left."""
    from tests.sandbox_tdlib import NAMES, entity_of, execute, quiet

    quiet()
    text, entities = given_
    names = {ours: theirs for theirs, ours in NAMES.items() if theirs != "PreCode"}
    raw = [
        {
            "@type": "textEntity",
            "offset": e["offset"],
            "length": e["length"],
            "type": {"@type": "textEntityType" + names[e["type"]]},
        }
        for e in entities
    ]
    answer = execute({"@type": "parseMarkdown", "text": {"@type": "formattedText", "text": text, "entities": raw}})
    ours = cleaned(text, nested(entities))
    assume(ours[0].strip())
    assert ours == (answer["text"], [entity_of(entity) for entity in answer["entities"]])


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<b>  Курсы </b>\n\n", "<b>  Курсы</b>"),
        ("  Курсы", "Курсы"),
        ("<b>жирный <i>и косой</i></b>", "<b>жирный <i>и косой</i></b>"),
        ("<b>а</b><b>б</b>", "<b>аб</b>"),
        ("\u200b \u2060", ""),
        ("3 &lt; 5 &amp; 7", "3 &lt; 5 &amp; 7"),
    ],
)
def test_what_a_person_sees_is_trimmed_and_merged(markup: str, shown: str) -> None:
    assert unparse(*fixed(*parse(markup))) == shown
