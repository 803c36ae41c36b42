# Consent: a page for each child, a record of its own for each purpose.
# When what these sentences say changes, change TEXT_VERSION in bot/services/consent.py.

consent-first = Your consent to the processing of the child's data is needed first. Open the menu (/start): its first button leads there.

consent-title = 📄 <b>Consent: { $child }, { $class_name }</b>
consent-processing =
    <b>1. Processing of data.</b> Name, class, date of birth, applications, timetable, marks and attendance — to enroll, to hold the lessons and to show them to you. Seen by the school, the course's teacher and you.
consent-messages =
    <b>2. Messages in Telegram.</b> About enrollment, moved lessons, marks. No surname and no reason of absence stands in them. Telegram is a foreign service: messages pass through its servers.
consent-partners =
    <b>3. Handing on to partners</b> — those to whom you apply:
    { $partners }
consent-end =
    Photographs of lessons are asked for separately; one can do without.

    “I agree” means everything that has a number. It is as easy to withdraw: /mydata. The school will give you the paper consent to sign.
button-agree = ✅ I agree
button-agree-parts = Choose one by one
button-not-now = Not now

consent-done =
    ✅ <b>Thank you! { $child }, { $class_name }: the consent is recorded.</b>

    How much may a message say?

    In full: “{ $child }: 5 — Robotics, project”.
    Discreet: “A new entry in the journal — open”.
consent-ready-full = 👍 We shall write in full.
consent-ready-discreet = 👍 We shall write discreetly, without marks.
consent-ready = Everything is open to you now: <b>{ $child }</b> — courses, timetable, journal. You can change this in the settings.

consent-parts =
    📄 <b>Consent: { $child }, { $class_name }</b>

    Press a line to agree or to change your mind. Each consent is recorded on its own.
consent-parts-closed = Without the first line lessons and journal are closed.
consent-part-processing = Processing of data
consent-part-messages = Messages in Telegram
consent-part-photographs = Photographs of lessons
consent-withdraw-there = To withdraw the consent to processing, open “My data”: /mydata
