# Papers: invitations on sheets, application, order, lists of groups, reports.

## Invitations: cards to be cut

sheet-title = Invitations
sheet-code = Invitation code
sheet-bot = Bot: @____________________
sheet-guardian = Your child's courses, timetable and marks, on your phone.
sheet-student = Your timetable, marks and homework, on your phone.
sheet-teacher = Your lessons, changes and journal, on your phone.
sheet-partner = The school's requests, lessons and journal, on your phone.
sheet-office = Applications, requests and tasks, on your phone.
sheet-scan = Point your camera at the square, or send the code to the bot.
sheet-type = Find the bot in Telegram and send it the code.
sheet-until = We look forward to you until { DAY($until) }, { TIME($until) }; the code works once.
cli-sheets-no-bot = The bot's name is unknown: Telegram did not answer, or BOT_TOKEN is not set. The cards have no QR, but a line to write the name on.
cli-sheets = Invitations: { $count }. Print and cut: { $file }. Each works once, until { DAY($until) }, { TIME($until) }.
invite-all-in = Nobody to invite: everybody of the network's staff is in.

## Templates

template-not-docx = The template cannot be read: { $file } is not a DOCX document. Mend it, or take it away and the usual one will do.
template-unknown-word = The template { $file } has the word “{ $word }”, which the bot does not know. Mend it, or take it away and the usual one will do.
template-broken = The template cannot be read: { $file } ({ $why }). Mend it, or take it away and the usual one will do.
template-without-word = The template { $file } never says “{ $word }”, and without it the paper is not valid. Put it in, in double braces, or remove the template: the usual one is used then.
template-too-big = The template { $file } is too large: more than 10 MB. Make its pictures smaller or remove it: the usual one is used then.
template-macros = The template { $file } has macros; the bot opens none of those. Save it as a plain Word document (.docx) or remove it: the usual one is used then.
template-of-nothing = The folder templates holds { $file }: no paper has that name. Check the file's name.

## The school's papers

button-papers = 📄 Papers
papers-title =
    📄 <b>Papers</b>
    You get a Word file: look it through, print and sign.
button-papers-orders = 📄 Order on learning
button-papers-groups = 👥 Lists of groups
button-papers-requests = 📨 Requests to partners
papers-order =
    📄 <b>Order on learning</b>
    The list of pupils will be its annex. For whom?
button-papers-all = All partners
button-papers-partner = { SHORT($partner) }: { $count }
button-papers-partner-of = { SHORT($school) } → { SHORT($partner) }: { $count }
papers-groups =
    👥 <b>Lists of groups</b>
    Whose groups?
papers-groups-of =
    👥 <b>Lists of groups</b>
    { $partner }
button-papers-group = { $group }, { $course }: { $count }
button-papers-all-groups = All groups in one file
papers-nobody = Nobody is enrolled yet: the paper appears when a partner enrols pupils.
papers-requests =
    📨 <b>Requests to partners</b>
    In all: { $total }. Press one to get its file.
papers-requests-none = No requests yet: they appear when the school approves applications and forms a request.
papers-empty =
    Nobody is enrolled yet, so there are no lists.
    They appear when a partner enrols pupils.
button-application-paper = 📄 Download application
paper-application-empty = No courses are left in this application: there is nothing to print.
paper-application-as = { $of ->
        [one] This is the application as it was handed in on { FULLDAY($day) }.
       *[other] Version { $version } of { $of }: the application as it was handed in on { FULLDAY($day) }.
    }
button-paper-version = 📄 Version { $version } of { DAY($day) }
button-papers-withdrawn = 🗄 Applications, data withdrawn: { $count }
papers-withdrawn =
    🗄 <b>Applications of families that withdrew their consent</b>
    They are documents of the school and stay as they were handed in. These families are no longer in the bot.
button-paper-withdrawn = Application no. { $number } of { DAY($day) }
paper-application-caption = Print it, fill in what is missing by hand and sign: the school needs the paper with a signature.
paper-file-application = Application-{ $child }-{ $number }
paper-file-order = Order-{ $number }-{ $who }-{ $day }
paper-file-groups = List-{ $who }-{ $day }
paper-file-all = all-partners

## The school's reports: the way from a wish to a place

button-reports = 📊 Reports
button-funnel-picture = 🖼 Picture
button-funnel-xlsx = 📊 XLSX
funnel-title =
    <b>Enrollment{ $year ->
        [none] {""}
       *[other] {" "}for { $year }
    }: from application to place</b>
    { funnel-children }
    Wishes — applied: { $applied } → approved: { $approved } → requested: { $requested } → enrolled: { $enrolled }. In reserve: { $reserve }.
funnel-children = Children who applied: { $children }, with a place: { $with_place }.
funnel-empty = No applications yet: once families begin to choose courses, the figures appear here.
funnel-head = <b>{ $partner }</b>
funnel-line = • { $course }: applied { $applied } → approved { $approved } → requested { $requested } → enrolled { $enrolled }; reserve { $reserve }, free { $free } of { $seats }
funnel-title-plain =
    Enrollment{ $year ->
        [none] {""}
       *[other] {" "}for { $year }
    }: from application to place
funnel-day = as of { FULLDAY($day) }
funnel-file = Enrollment
funnel-sheet = Enrollment
funnel-partner = Partner
funnel-course = Course
funnel-applied = Applied
funnel-approved = Approved
funnel-requested = Requested
funnel-enrolled = Enrolled
funnel-reserve = In reserve
funnel-seats = Seats
funnel-free = Free
funnel-asked = In surveys
funnel-free-of = free seats: { $free } of { $seats }
funnel-total = Wishes in all
funnel-total-children = Children

## The school's blanks

button-blanks = 🖋 Blanks
blanks-title =
    🖋 <b>Blanks</b>
    The bot fills in each paper from a blank in Word. Take one, change it and send it back: the bot tries it first. ✏️ is yours.
button-blank = { $own ->
        [yes] ✏️{" "}
       *[no] {""}
    }{ $paper ->
        [agreement] Agreement: who teaches
        [agreement_resource] Agreement: who lends
        [amendment] Order of changes
        [application] Application
        [certificate] Certificate
        [certificate_note] Note of learning
        [consent] Consents
        [groups] Lists of groups
        [load] Teachers’ load
        [network_programme] Programme of the network
        [order] Order
        [programme] Course programme
        [report] Report of the journal
        [request] Request to a partner
        [request_delta] Changes of a request
       *[study_plan] Study plan
    }
blank-page =
    🖋 <b>{ $paper ->
        [agreement] Agreement: who teaches
        [agreement_resource] Agreement: who lends
        [amendment] Order of changes
        [application] Application
        [certificate] Certificate
        [certificate_note] Note of learning
        [consent] Consents
        [groups] Lists of groups
        [load] Teachers’ load
        [network_programme] Programme of the network
        [order] Order
        [programme] Course programme
        [report] Report of the journal
        [request] Request to a partner
        [request_delta] Changes of a request
       *[study_plan] Study plan
    }</b>
    { $own ->
        [yes] It is filled in from your blank.
       *[no] It is filled in from the bot's usual blank.
    } Words in double braces are replaced by data: move them, do not change them.
button-blank-file = 📥 Take the blank
button-blank-send = 📤 Send mine
button-blank-back = ↩️ Put the former back
blank-ask = Send the blank as a Word file (.docx), up to 10 MB. The bot fills it in with invented data first, then takes it.
blank-refused =
    { $why }

    Nothing has changed: papers are filled in from the former blank. Put it right and send it again.
blank-taken = ✅ Tried: from now on this paper is filled in from your blank.
blank-put-back = ↩️ The former blank is back.
