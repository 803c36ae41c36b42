# Papers: invitations on sheets, application, order, lists of groups.

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
