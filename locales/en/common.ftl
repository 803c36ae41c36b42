# Words shared by all pages: buttons, refusals, paging.

button-menu = 🏠 Menu
button-back = ‹ Back
button-confirm = Confirm
button-cancel = Cancel
button-courses = 📚 Courses
button-applications = 📝 My applications
button-timetable = 📅 Timetable
button-journal = 📖 Journal
button-settings = ⚙️ Settings
button-help = ❓ Help
pager = { $page } of { $pages }

stranger = To come in you need an invitation from the school. Ask the class teacher or the coordinator of the network courses for it.
not-yours = This is not open to everybody. If you think this is a mistake, write to the coordinator of the network courses.
gone = This is no longer there: the page is out of date. Open the menu: /start
changed-since = While you were deciding, something was changed here. Look at how it stands now and confirm again.
went-wrong = Something went wrong, and we know about it already. Nothing is lost: please try again a little later.
took-too-long = I did not finish within ten seconds and have stopped. Please open the page again: if nothing has changed, try a little later.
private-only = I answer in private chats only.
