# Announcements: how they are read, written, sent and taken back.

## Letters

announced =
    📣 <b>Announcement</b> · { $whom }
    { $sender }

    { $said }
announced-again =
    🔔 <b>The announcement once more</b> · { $whom }
    { $sender }

    { $said }
announced-file = 📎 { $name }
announced-asks = { $reader ->
    [own] <i>Please read it and press “I have read it”.</i>
   *[family] <i>Please read it and press “I have read it”.</i>
  }
announced-last = I will not remind you again.
announcement-withheld = { $reader ->
    [author] 📣 The announcement did not leave: { $whom }. While it waited, your right to send it ended: the post or the group is no longer yours. Nobody got it.
   *[office] 📣 The announcement did not leave: { $whom }. While it waited, its sender ({ SHORT($sender) }) lost the right to write to these families. Nobody got it. If the families need to know, write one of your own.
  }
announced-whom = { $kind ->
    [all] all families of the school
    [class] { $name }
    [course] course “{ $name }”
   *[group] { $name }
  }
announced-sender = { $role ->
    [teacher] Teacher: { $name }
   *[other] { SHORT($name) }
  }
button-announcement-seen = I have read it
button-announcement-file = 📎 Open the file

## The list

button-announcements = 📣 Announcements
announcements =
    <b>📣 Announcements</b>
    { $count ->
        [0] { $writes ->
            [yes] None yet. Write the first one: before it is sent you see how it will be read and how many people get it, and for a minute it can be taken back.
           *[no] None yet: all that the school’s families get will stand here.
        }
       *[other] { $school ->
            [yes] Yours, and all that the school’s families were sent. The newest first.
           *[no] The newest first.
        }
    }
button-announcement-new = ✍️ New announcement
button-announcement = { $state ->
    [draft] ✏️
    [waiting] ⏳
    [left] ✅
   *[recalled] ↩️
  } { $text }
announcement-button-whom = { $kind ->
    [all] all
   *[other] { $name }
  }

## To whom

announcement-which-post = In whose name is the announcement?
button-announcement-post = { $role ->
    [teacher] As a teacher
    [partner] From the organization
   *[coordinator] From the school
  }: { SHORT($name) }
announcement-whom = To whom is the announcement?
button-announcement-kind = { $kind ->
    [all] 🏫 All families of the school
    [class] A class
    [course] A course
   *[group] A group
  }
announcement-which = { $kind ->
    [class] Which class?
    [course] Which course? All its groups get the announcement.
   *[group] Which group?
  }
announcement-which-none = { $kind ->
    [class] There are no classes yet: load the network’s workbook.
    [course] Nobody to write to yet: courses appear here once children are enrolled in them.
   *[group] { $role ->
        [teacher] You have no group yet: it appears when the school’s coordinator loads the network’s workbook. If you teach already, write to them in “Messages”.
        [partner] Your organization has no groups yet: they appear when the school’s coordinator loads the network’s workbook.
       *[coordinator] Nobody to write to yet: groups appear here once children are enrolled in them.
    }
  }

## Words and file

announcement-ask-words =
    ✍️ <b>Announcement: { $kind ->
        [all] all families of the school
        [class] { $name }
        [course] course “{ $name }”
       *[group] { $name }
    }</b>
    Write it as a message, up to { $limit } characters. One picture may go with it (the text below it up to { $below } characters), or a file: PDF, Word, Excel.

    Nothing is sent until you press “Send”. Do not write surnames or marks of children: everybody reads an announcement.
announcement-ask-other-words = ✍️ Send the new text: up to { $limit } characters, below a picture up to { $below }.
announcement-ask-file = 📎 Send a picture (JPEG, PNG up to 5 MB) or a file (PDF, Word, Excel up to 10 MB).
announcement-album = One was attached: an announcement takes no more than one picture or file.
announcement-now-words = 📎 The file is here. Now write the words of the announcement.
announcement-too-long = The announcement has { $long ->
    [one] { $long } character
   *[other] { $long } characters
  }, and there is room for { $limit }. Shorten it, or send the details as a file.
announcement-too-long-below = Below a picture there is room for { $limit } characters, and the text has { $long }. Shorten the text, or send it without the picture.
announcement-file-kind = This cannot be attached. A picture can (JPEG, PNG), or a PDF, Word (.docx) or Excel (.xlsx) file without macros.
announcement-file-size = { $picture ->
    [yes] The picture is larger than { $limit } MB: send it as a photo, not as a file, and Telegram will make it smaller.
   *[no] The file is larger than { $limit } MB. Make it smaller, or put a link into the text.
  }
announcement-not-draft = This announcement has been sent or changed since: open it anew from the list “Announcements”.
announcement-discarded = 🗑 The draft is deleted.

## Before it is sent

announcement-preview = 👀 <b>This is how it will be read:</b>
announcement-line = ———
announcement-names-a-child = ⚠️ The text has a child’s surname and first name. Everybody will read the announcement: better take them out.
announcement-reach = { $people ->
    [0] 📭 No letter of this announcement will reach anybody.
    [one] 📬 { $people } person gets it: { $families ->
        [one] the family of { $families } child.
       *[other] the families of { $families } children.
      }
   *[other] 📬 { $people } people get it: { $families ->
        [one] the family of { $families } child.
       *[other] the families of { $families } children.
      }
  }
announcement-nobody = There is nobody here yet: nobody to send it to. Children appear when the sheet “Ученики” of the workbook is filled in, in groups once they are enrolled.
button-announcement-send = 📣 Send{ $soon ->
    [yes] {""}
   *[no] : leaves { SHORTWHEN($at) }
  }
button-announcement-morning = ⏰ In the morning: { SHORTWHEN($at) }
button-announcement-asks = { $on ->
    [yes] ✅
   *[no] ▫️
  } Ask for “I have read it”
button-announcement-words = ✏️ Text
button-announcement-add-file = 📎 File
button-announcement-bare = 📎 Take the file off
button-announcement-discard = 🗑 Delete the draft
announcement-empty = An announcement without words cannot be sent: write at least a line.
announcement-many = { $when ->
    [today] Enough for today: { $limit } announcements a day is the most, so that families are not tired. Send this one in the morning.
   *[later] { $limit } announcements are set for that day already, the most, so that families are not tired. Send this one later.
  }

## After it is sent

announcement-stands = { $state ->
    [waiting] ⏳ <b>It leaves { WHEN($at) }.</b> Until then it can be taken back whole: nobody gets it.
    [left] ✅ <b>It left { WHEN($at) }.</b>
   *[recalled] ↩️ <b>Taken back: nobody got it.</b>
  }
announcement-its-words = <b>Text:</b>
announcement-sent-to = 📬 { $sent } of { $people } have got it
announcement-on-its-way = ⏳ { $count ->
    [one] { $count } letter is
   *[other] { $count } letters are
  } on the way: announcements let urgent letters pass and wait for the end of quiet hours.
announcement-failed = ⚠️ Did not arrive: { $count }
announcement-read = 👁 The families of { $read } of { $children ->
    [one] { $children } child
   *[other] { $children } children
  } have read it
button-announcement-back = ↩️ Take back
button-announcement-back-anew = ✏️ Take back and change
button-announcement-anew = ✏️ Change and send anew
button-announcement-refresh = 🔄 Refresh
button-announcement-missing = Who has not read it: { $count }
button-announcement-remind = 🔔 Remind them
announcement-left = The announcement has left: it cannot be taken back. If there is a mistake in it, send another one with the correction.
announcement-reminded = { $count ->
    [0] There is nobody to remind by a letter.
    [one] 🔔 { $count } person gets the reminder. There will be no second.
   *[other] 🔔 { $count } people get the reminder. There will be no second.
  }
announcement-missing = <b>Have not read it</b> · { $kind ->
    [all] the whole school
   *[other] { $whom }
  }
announcement-missing-class = <b>{ $name }</b>
announcement-missing-one = • { $name }
announcement-nameless = nameless: the family does not allow the name
announcement-missing-foreign = { $count ->
    [one] And { $count } pupil of another school.
   *[other] And { $count } pupils of another school.
  }
