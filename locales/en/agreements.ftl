# Agreements with partners and consents on paper.

button-papers-agreements = 🤝 Agreements
agreements-title =
    🤝 <b>Agreements with partners</b>
    With whom?
button-agreement-of = { $filed ->
        [yes] ✅
       *[no] ✍️
    } { SHORT($partner) }: no. { $number }, { $left ->
        [one] { $left } day left
       *[other] { $left } days left
    }
button-agreement-over = ⌛ { SHORT($partner) }: over
button-agreement-none = ⬜ { SHORT($partner) }: no agreement
agreements-of =
    🤝 <b>Agreement</b>
    { $partner }
agreement-none = No agreement is in force. Make one: the bot gives the number and fills in all it knows. Or enter a signed one.
agreement-no-head = ⚠️ Who signs is unknown: put it into the network workbook, sheet «Организации», columns «Руководитель», «Должность руководителя» and «Основание».
agreement-no-licence = ⚠️ The workbook has no licence of this partner: the agreement keeps a blank line.
button-agreement-one = { $state ->
        [standing] 📄
       *[over] ⌛
    } no. { $number } of { DAY($day) }, until { DAY($ends) }
button-agreement-draft = 👁 Draft: { $side ->
        [teaching] the partner teaches
       *[resource] the partner lends resources
    }
button-agreement-make = ✅ Make: { $side ->
        [teaching] the partner teaches
       *[resource] the partner lends resources
    }
button-agreement-enter = ✍️ Enter a signed one
agreement-draft-caption = A draft: it has no number. Agree on it with the partner, go back and press “Make”.
agreement-made =
    ✅ <b>Agreement no. { $number } is made.</b>
    Download it, sign it with the partner and add the signed file or the link on the site.
agreement-ask =
    ✍️ <b>A signed agreement</b>
    Type its number, date and last day, as in: 12 от 01.09.2026 до 31.05.2027
agreement-unclear = I do not understand. Type it like this: 12 от 01.09.2026 до 31.05.2027
agreement-ends-before = The last day is before the agreement's date. Check the dates.
agreement-entered = ✅ Written down.
agreement-changed = ✅ Written down.
agreement-name = { $side ->
        [teaching] Agreement in network form
       *[resource] Agreement on resources
    } no. { $number } of { FULLDAY($day) }
agreement-title =
    🤝 <b>{ agreement-name }</b>
    { $partner }
agreement-term = In force until { FULLDAY($day) }: { $left ->
        [one] { $left } day left
       *[other] { $left } days left
    }.
agreement-over = ⌛ Its term ended on { FULLDAY($day) }.
agreement-ended = ✖️ Ended on { FULLDAY($day) }.
agreement-url = On the site: { $url }
agreement-unpublished = ⬜ On the site: no link yet.
agreement-document = Signed file: { $name }
agreement-unsigned = ⬜ No signed file yet.
agreement-on-page = 🌐 On the network's page: the signed file is open to everybody.
agreement-on-page-ask =
    🌐 <b>Open the file to everybody?</b>
    { $name }

    Anybody will be able to download it, without logging in. Make sure it holds no names of children, no private telephones and no passport data.
agreement-file-kind = A PDF or a photo can be opened to everybody. Attach a scan of the signed agreement.
button-agreement-on-page = 🌐 Open the file to everybody
button-agreement-on-page-sure = 🌐 Yes, open it
button-agreement-off-page = 🙈 Take the file off the network's page
button-agreement-paper = 📄 As made
button-agreement-signed = 📥 As signed
button-agreement-url = 🔗 Link on the site
button-agreement-file = 📎 Add the signed one
button-agreement-until = 📅 Until which day
button-agreement-end = ✖️ End the agreement
button-agreement-end-sure = ✖️ Yes, end it
agreement-end-ask =
    ✖️ <b>End agreement no. { $number } from today on?</b>
    { $partner }. Orders and requests no longer name it.
agreement-ask-url = 🔗 Send the link to the page where the agreement is published: https://…
agreement-no-link = That is no link. Copy it whole from the browser: https://…
agreement-ask-file = 📎 Send the signed agreement: a file or a photo.
agreement-no-file = I am waiting for a file or a photo of the signed agreement.
agreement-file-too-big = The file is larger than { $limit } MB. Send a smaller one, such as a scan without colour.
agreement-photo-name = agreement.jpg
agreement-ask-until =
    📅 The agreement is in force until { FULLDAY($day) }.
    Type another last day, as in 31.05.2027.
paper-file-agreement = Agreement-{ $number }-{ $who }
paper-file-agreement-draft = Draft-agreement-{ $who }

button-papers-consents = 📝 Consents
button-consent-paper = 🖨 Consent on paper
consents-classes =
    📝 <b>Consents on paper</b>
    Processing of data, handing to partners, Telegram, photographs: four sheets a pupil. Which class?
button-consents-class = { $class_name }: { $count }
consents-class =
    📝 <b>Consents on paper: { $class_name }</b>
    The whole class in one file, or one pupil?
button-consents-all = The whole class: { $count }
consents-caption = Print and sign: each consent is a document of its own. What the bot does not know, fill in by hand.
paper-file-consents = Consents-{ $whose }

button-papers-courses = 📚 Programmes and load
course-papers =
    📚 <b>Programmes of courses and the teachers' load</b>
    A Word file to agree on and to sign. Whose?
button-papers-programme = 📚 { SHORT($partner) }
button-papers-load = 👩‍🏫 Load
papers-no-courses = This partner has no courses in this academic year.
papers-no-lessons = This partner has no lessons in the timetable: there is nothing to count a load from.
paper-file-programme = Programmes-{ $who }
paper-file-load = Load-{ $who }
button-report-docx = 📄 DOCX to sign
papers-of-partner =
    📄 <b>Papers</b>
    The requests hold the lists of pupils as files. { $agreements ->
        [0] There is no agreement with a file yet.
       *[other] Your agreements are below: press to download.
    }
