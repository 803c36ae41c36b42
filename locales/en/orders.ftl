# Orders, registers of numbers, papers that went out.

button-papers-sent = 🗃 Sent
order-title = 📄 <b>Order on learning</b>
order-whose = { $school } → { $partner }
order-first = Pupils in the list: { $total }. By the register of orders it is <b>no. { $number }</b> of { FULLDAY($day) }.
order-changes = There is an order no. { $of } of { FULLDAY($of_day) }. The next one is <b>on changes, no. { $number }</b> of { FULLDAY($day) }.
order-changed = Added: { $added }. Moved to another group: { $moved }. Taken out: { $left }.
order-starts = In force from { FULLDAY($day) }.
order-starts-unknown = The timetable does not yet show when lessons begin: the order keeps a blank line for it.
order-no-agreement = ⚠️ No agreement: { $partners }. The order keeps a blank line in its place.
order-no-post = ⚠️ The post of the person responsible is unknown: put it into the network workbook, sheet «Сотрудники», column «Должность».
order-nothing = Nothing has changed since the last order. Pupils in the list: { $total }.
order-nothing-new = Nothing has changed since the last order: no new one is needed.
button-order-draft = 👁 See the draft
button-order-issue = ✅ Issue order no. { $number }
button-order-day = 📅 Date
button-order-starts = ▶️ From which day
button-order-made = 📄 Order no. { $number } of { DAY($day) }
order-draft-caption = A draft: it has no number. If all is right, go back and press “Issue order”.
order-ask-day =
    📅 <b>Date of the order</b>
    Type it, as in 01.09.2026.
order-ask-starts =
    ▶️ <b>From which day is the order in force?</b>
    Type the date, as in 01.09.2026.
paper-day-unclear = That is no date I understand. Type it like this: 01.09.2026
order-issued =
    ✅ <b>Order no. { $number } of { FULLDAY($day) } is issued.</b>
    Download, print and sign it. The file is kept as it is now: “Papers” → “Sent”.
paper-file-order-draft = Draft-order-{ $who }-{ $day }

button-paper-number = 🔢 Which number is next
number-page =
    🔢 <b>{ $kind ->
        [order] Register of orders
       *[agreement] Register of agreements
    }, { $year }</b>
    The next number: <b>{ $number }</b>.

    Does your own book have another? Type it as it stands there: 47 or 47-о. From then on the bot counts.
number-set = ✅ { $kind ->
        [order] The next order
       *[agreement] The next agreement
    } gets no. { $number }.
number-unclear = I see no number. Type it as it stands in the book: 47 or 47-о
number-given = No. { $number } does not do: the bot has given numbers up to { $highest }. Type a higher one.
button-count-academic = Count by academic years
button-count-calendar = Count by calendar years

papers-sent =
    🗃 <b>Sent, { $year }</b>
    Papers: { $total }. Each is kept as it went out.
papers-sent-none = Nothing has been sent yet: orders, requests to partners, agreements and reports will stand here, as they went out.
button-kept = { $kind ->
        [order] Order
        [amendment] Changes
        [agreement] Agreement
        [report] Report
       *[request] Request
    } no. { $number } of { DAY($day) }{ $partner ->
        [none] {""}
       *[other] {", "}{ SHORT($partner) }
    }
button-kept-annulled = ✖️ { $label }
kept-title = 📄 <b>{ $kind ->
        [order] Order on learning
        [amendment] Order on changes
        [agreement] Agreement
        [report] Report of the journal
       *[request] Request to a partner
    } no. { $number } of { FULLDAY($day) }</b>
kept-partner = { $partner }
kept-starts = In force from { FULLDAY($day) }.
kept-annulled = ✖️ <b>Annulled on { FULLDAY($at) }.</b> Nobody else gets its number.
kept-hash = The file was kept on { FULLDAY($at) }. Its fingerprint (SHA-256): <code>{ $sha256 }</code>
button-paper-file = 📥 Download
button-annul = ✖️ Annul
annul-ask =
    ✖️ <b>Annul order no. { $number } of { FULLDAY($day) }?</b>
    It stays in the list, marked; nobody else gets its number, and its pupils go into the next order.
button-annul-sure = ✖️ Yes, annul
paper-has-changes = Others have changed this order: { $numbers }. Annul those first.
paper-spoilt = The file is not the one that was kept: its fingerprint differs. Tell whoever runs the bot's server.
try-again = Several people are taking numbers at this moment. Press once more.
