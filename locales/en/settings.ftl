# Settings: language, detail of messages, quiet hours.

settings-page =
    ⚙️ <b>Settings</b>

    Language: { $language }
    Messages: { $detail }
    Quiet hours: { $quiet }
settings-detail-full = in full, with the mark
settings-detail-discreet = discreet, without marks

button-language = 🌐 Language
button-detail = 💬 Messages
button-quiet = 🌙 Quiet hours
button-consents = 📄 Consents: { $child }
button-mydata = 🗂 My data

settings-language = 🌐 <b>Which language shall I speak?</b>
language-ru = Русский
language-en = English

settings-detail =
    💬 <b>How much may a message say?</b>

    In full: “Misha: 5 — Robotics, project”.
    Discreet: “A new entry in the journal — open”.

    Discreet is better if others see your telephone. A moved lesson is told in any case.
button-detail-full = In full
button-detail-discreet = Discreet

settings-quiet =
    🌙 <b>When shall I keep quiet?</b>

    What is not urgent comes in the morning. A change of a lesson today or tomorrow is told at once.
settings-quiet-type =
    🌙 Write the hours, for example <b>21:30-6:45</b>.
button-quiet-none = No quiet hours
button-quiet-own = ✏️ Other hours
quiet-hours = { $begins }–{ $ends }
quiet-default = { $begins }–{ $ends }, as the school has it
quiet-none = none
quiet-not-understood = I could not read the hours. Write them like this: 21:30-6:45
