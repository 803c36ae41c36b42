"""The places no rule fits. Each replacement must be found."""
import re, sys
from pathlib import Path
missing = []
def sub(name, *pairs):
    p = Path(name); s = p.read_text("utf-8")
    for old, new in pairs:
        if old.startswith("re:"):
            t = re.sub(old[3:], new, s, flags=re.M | re.S)
        else: t = s.replace(old, new)
        if t == s: missing.append((name, old[:90]))
        s = t
    p.write_text(s, "utf-8")
sub("handlers/courses/card.py",
 ("""    if not isinstance(tap.message, Message):  # too old to be shown anything below it
        await visit.show(text, rows)
        return
    try:
        await tap.message.answer_photo(BufferedInputFile(content, name))
    except TelegramBadRequest:  # a JPEG or a PNG, but of a shape Telegram does not show
        await visit.give(name, content)
    await visit.show(text, rows, anew=True)
    with contextlib.suppress(TelegramBadRequest):  # older than two days: it stays where it is
        await tap.message.delete()
""", """    await visit.show_below_picture(name, content, text, rows)
"""),
 ("""    file = message.photo[-1] if message.photo else message.document
    if file is None:
        raise Refusal("picture-wrong-kind")
    if (file.file_size or 0) > MOST:
        raise Refusal("picture-too-big", limit=MOST // 2**20)
    into = BytesIO()
    await bot.download(file, into)
    data = await visit.talk.data()
    await give_picture(visit.db, int(data["course"]), into.getvalue(), by""", """    if visit.file is None:
        raise Refusal("picture-wrong-kind")
    if (visit.file.size or 0) > MOST:
        raise Refusal("picture-too-big", limit=MOST // 2**20)
    content = await visit.read(visit.file)
    data = await visit.talk.data()
    await give_picture(visit.db, int(data["course"]), content, by"""),
)
sub("handlers/courses/catalogue.py", ("TYPED = 200 ", "SEARCHED = 200 "), ("re:visit\\.text\\[:TYPED\\]|message\\.text\\[:TYPED\\]|\\(visit\\.text\\)\\[:TYPED\\]", "visit.text[:SEARCHED]"))
sub("handlers/courses/inline.py",
 ("TYPED = 100", "SEARCHED = 100"), ("query.query[:TYPED]", "visit.text[:SEARCHED]"),
 ('int(query.offset) if query.offset.isdigit() and len(query.offset) < 4 else 0', 'int(visit.more) if visit.more.isdigit() and len(visit.more) < 4 else 0'),
 ('(await bot.me()).username or ""', "await visit.username()"),
 ("cards: list[InlineQueryResultUnion] = (", "cards = ("), ("re:_article\\(", "_card("), ("def _card(visit: Visit, fit: Fit, fits: list[tuple[str, bool]], url: str) -> InlineQueryResultArticle:", "def _card(visit: Visit, fit: Fit, fits: list[tuple[str, bool]], url: str) -> Card:"),
 ("""    await query.answer(
        cards,
        cache_time=KEPT,
        is_personal=True,  # whom a course fits is this family's business
        next_offset=str(page + 1) if page + 1 < found.pages else "",
        button=InlineQueryResultsButton(text=label, start_parameter=f"{LINK}0"),
    )
""", """    more = str(page + 1) if page + 1 < found.pages else ""
    await visit.answer_search(cards, more=more, label=label, start=f"{LINK}0", seconds=KEPT)
"""),
 ("""    return InlineQueryResultArticle(
        id=str(offer.id),
        title=brief(offer.name),
        description=" · ".join(words),
        input_message_content=InputTextMessageContent(
            message_text=course_words.about(fit, None, visit.say, visit.today, seats=False),
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=keyboard([[visit.button("button-course-open", url)]]),
    )
""", """    return Card(
        id=str(offer.id),
        title=brief(offer.name),
        description=" · ".join(words),
        text=course_words.about(fit, None, visit.say, visit.today, seats=False),
        rows=[[visit.button("button-course-open", url)]],
    )
"""), ("async def chosen(visit: Visit)", "async def chosen(_visit: Visit)"), ("import Visit\n", "import Card, Visit\n"))
sub("handlers/enrollment/deciding_many.py", ("""        if begin and isinstance(tap.message, Message):
            await tap.message.edit_text(visit""", """        if begin:
            await visit.progress(visit"""))
sub("handlers/enrollment/inbox.py", ("""    if not isinstance(tap.message, Message):  # too old to be answered below: the files wait on the request's page
        await visit.show(text, rows)
        return
""", ""))
sub("handlers/journal/files.py", ("""    document = message.document
    if document is None:
        return
    name = (document.file_name or "file")[:100]
    if (document.file_size or 0) > LIMITS.upload:
        raise Refusal("upload-too-big", file=name, limit=LIMITS.upload // 2**20)
    into = BytesIO()
    await bot.download(document, into)
    content = into.getvalue()
""", """    if visit.file is None:
        return
    name = (visit.file.name or "file")[:100]
    if (visit.file.size or 0) > LIMITS.upload:
        raise Refusal("upload-too-big", file=name, limit=LIMITS.upload // 2**20)
    content = await visit.read(visit.file)
"""))
for name in ("handlers/people/consent.py", "handlers/people/mydata.py"):
    sub(name, ("re:set_commands\\(bot, (replace\\(.*?\\)), visit\\.say\\)\n", "visit.offer_commands(\\1)\n"))
sub("handlers/people/invitations.py", ('(await bot.me()).username or ""', "await visit.username()"),
 ("""    await visit.toast()  # a new message, unprotected: it is made to be copied and handed on
    await bot.send_message(visit.person.telegram_id, text, reply_markup=keyboard(rows), protect_content=False)
""", """    await visit.hand_out(text, rows)
"""))
sub("handlers/people/settings.py",
 ("_page(visit, visit.person, visit.say)", "_page(visit)"), ("def _page(visit: Visit, person: Person, say: Say)", "def _page(visit: Visit)"),
 ("def _quiet_words(visit: Visit, person: Person, say: Say) -> str:", "def _quiet_words(visit: Visit) -> str:\n    person, say = visit.person, visit.say"),
 ("    async with visit.db.read() as tx:\n        children = await people.children_of(tx, person.known)", "    person, say = visit.person, visit.say\n    async with visit.db.read() as tx:\n        children = await people.children_of(tx, person.known)"),
 ("_quiet_words(visit, person, say)", "_quiet_words(visit)"), ("[back_to_menu(say)]", "[visit.menu]"),
 ("def language_chosen(visit: Visit, at: Language, person: Person)", "def language_chosen(visit: Visit, at: Language)"),
 ("""    await choose_language(visit.db, at.code, by=person)
    person = replace(person, language=at.code)
    say = voice(person.language, visit.zone)
    await visit.show(*await _page(visit, person, say))
    await set_commands(bot, person, say)
""", """    await choose_language(visit.db, at.code, by=visit.person)
    visit.become(replace(visit.person, language=at.code))
    await visit.show(*await _page(visit))
    await visit.offer_commands(visit.person)
"""),
 ("re:    await visit\\.show\\(\\*await _page\\(visit, (replace\\([^\n]*?\\)), visit\\.say\\)\\)\n", "    visit.become(\\1)\n    await visit.show(*await _page(visit))\n"),
)
sub("handlers/people/start.py",
 ("re:visit, (visit\\.person|person|inside), (visit\\.)?say\\)", "visit)"), ("visit: Visit, person: Person, say: Say)", "visit: Visit)"),
 ("await invited(visit, command.args, visit.say)", "await invited(visit, command.args)"), ("await invited(visit, text, visit.say)", "await invited(visit, text)"),
 ("async def invited(visit: Visit, code: str, say: Say)", "async def invited(visit: Visit, code: str)"),
 ("    await set_commands(bot, visit.person, visit.say)\n", "    await visit.offer_commands(visit.person)\n"),
 ("""    say = voice(inside.language, visit.zone)
    await set_commands(bot, inside, say)
""", """    visit.become(inside)
    await visit.offer_commands(inside)
"""),
 ("lines([say(\"start-again\"), text])", "lines([visit.say(\"start-again\"), text])"),
 ("_welcome(visit, inside, entered, say)", "_welcome(visit, entered)"), ("def _welcome(visit: Visit, person: Person, entered: Entered, say: Say)", "def _welcome(visit: Visit, entered: Entered)"),
 ("return lines([_welcome_of(entered.role, say), text]), rows", "return lines([_welcome_of(entered.role, visit.say), text]), rows"),
 ('return say("welcome-student", name=name)', 'return visit.say("welcome-student", name=name)'),
 ('read = Button(say.plain("button-consent-read"), ConsentOf(pupil=entered.pupil_id))', 'read = visit.button("button-consent-read", ConsentOf(pupil=entered.pupil_id))'),
 ('return say("welcome-guardian", child=name), [[read], [back_to_menu(say)]]', 'return visit.say("welcome-guardian", child=name), [[read], [visit.menu]]'),
 ('    if person.id is None:\n        return say("start-stranger")', '    person, say = visit.person, visit.say\n    if person.id is None:\n        return say("start-stranger")'),
 ('    """The one thing that waits for this person most, and the button to it."""\n', '    """The one thing that waits for this person most, and the button to it."""\n    person, say = visit.person, visit.say\n'),
 ("def those(*buttons: tuple[bool, str, CallbackData])", "def those(*buttons: tuple[bool, str, Target])"), ("    SettingsHome,\n    Tasks,\n", "    SettingsHome,\n    Target,\n    Tasks,\n"),
 ("re:\\bmay\\(person, ", "is_open(person, "), ("import Person, Role, may\n", "import Person, Role\nfrom bot.policy import may as is_open\n"),
 ("async def stale(visit: Visit)", "async def stale(_visit: Visit)"), ("from bot.telegram.commands import introduce, set_commands\n", ""), ('__all__ = ["fallback", "introduce", "routes"]\n', ""),
)
sub("handlers/requests/requests.py", ("isinstance(event, CallbackQuery) and visit.at_letter", "visit.at_letter"))
sub("handlers/roadmap/roadmap.py", ("Proof(message.text) if message.text else", "Proof(visit.text) if visit.file is None and visit.text else"),
 ("re:    sent = message\\.document or \\(message.photo\\[-1\\] if message.photo else None\\)\n    if sent is None:", "    sent = visit.file\n    if sent is None:"),
 ("sent.file_size or 0", "sent.size or 0"), ("    content = io.BytesIO()\n    await bot.download(sent, content)\n", ""),
 ("(message.document and message.document.file_name) or", "sent.name or"), ("Proof(message.caption, (name, content.getvalue()))", "Proof(visit.text or None, (name, await visit.read(sent)))"))
sub("handlers/timetable/family.py", ("""    if tap.message is None or isinstance(tap.message, InaccessibleMessage):
        return  # too old to be edited
    try:
        await tap.message.edit_reply_markup(reply_markup=keyboard([[visit.button("button-lesson-seen-done", at)]]))
    except TelegramBadRequest as refused:
        if "not modified" not in refused.message and "not found" not in refused.message:
            raise
""", """    await visit.change_buttons([[visit.button("button-lesson-seen-done", at)]])
"""))
sub("handlers/timetable/lessons.py", ("""    markup = tap.message.reply_markup if isinstance(tap.message, Message) else None
    return markup is not None and [len(row) for row in markup.inline_keyboard] == [1]
""", """    return visit.buttons_seen == 1
"""))
print("\n".join(map(str, missing)))
sub("handlers/courses/catalogue.py", ("def searches(visit: Visit) -> bool:", "def searches(_message: Message, visit: Visit) -> bool:"), ("from bot.visit import", "from aiogram.types import Message\nfrom bot.visit import"))
print(missing[-2:])
def keeps(name, *handlers):
    p = Path(name); s = p.read_text("utf-8")
    for h in handlers:
        t = re.sub(rf'(register\({h}, [^\n]*flags=may\("[a-z.]+")\)', r'\1, keeps_talk=True)', s)
        if t == s: missing.append((name, "keeps " + h))
        s = t
    p.write_text(s, "utf-8")
keeps("handlers/timetable/changes.py", "to_move", "cancelled", "placed")
keeps("handlers/people/invitations.py", "made", "card")
print(missing[-2:])
