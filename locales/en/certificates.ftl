# Documents of learning: certificates, notes, the register, verification by QR.

button-certificates = 🎓 Documents of learning
certificates-title =
    🎓 <b>Documents of learning</b>
    Certificates go to those who completed the course; a part of it gives a note. The organization's register gives the number.
certificates-none =
    🎓 <b>Documents of learning</b>
    Nobody to issue one to yet: certificates appear when the year's end says who completed a course, notes when somebody leaves.
button-certificate-group = { $group }, { $course }: { $ready ->
        [0] { $issued } issued
       *[other] { $ready } to issue
    }
button-certificate-register = 📒 Register: { $count }
certificate-group =
    🎓 <b>“{ $course }”, group { $group }, { $year }</b>
certificate-ready = { $count ->
        [0] No certificates to issue.
       *[other] Completed the course, certificates to issue: { $count }
    }
certificate-child = • { $child }, { $class_name }
certificate-more = …and { $count } more
certificate-in-part = Learnt a part of it, notes possible: { $count }
certificate-issued-count = Issued already: { $count }
certificate-silent = Nobody has said yet how the year ended for: { $count }. That is marked in “End of the year”.
button-certificate-plan = 🎓 Certificates: { $count }
button-certificate-note = 📄 Note: { $child }
button-certificate-print = { $document ->
        [note] 🖨 Print the notes
       *[certificate] 🖨 Print the certificates
    }
certificate-sure = { $document ->
        [note] <b>Issue a note of learning?</b>
       *[certificate] <b>Issue certificates: { $count }?</b>
    }
    { $count ->
        [1] Number in the register: { $first }
       *[other] Numbers in the register: { $first }–{ $last }
    }
certificate-says =
    { $partner }, licence { $licence }
    Programme “{ $course }”, hours: { $hours }
    From { FULLDAY($first) } to { FULLDAY($last) }
certificate-attended =
    Hours held: { $held }, with the child: { $attended ->
        [none] unknown
       *[other] { $attended }
    }
    { $lessons ->
        [0] The journal is not filled in.
       *[other] Lessons attended by the journal: { $present } of { $lessons }
    }
families-hear-certificate = Families hear of it in two minutes; until then it can be taken back without a letter.
button-certificate-issue = ✅ Issue
certificate-done = ✅ { $document ->
        [note] The note is issued, No. { $first }.
       *[certificate] { $count ->
            [1] The certificate is issued, No. { $first }.
           *[other] Certificates issued: { $count }, No. { $first }–{ $last }.
        }
    } { families-hear-soon }
button-certificate-back = ↩️ Take the issuing back
certificate-taken-back = Taken back, documents: { $count }. Their numbers stay in the register as cancelled.
certificate-too-late = More than ten minutes have passed: families know. A document can be revoked in the register, with a reason.
certificate-to-sign = Print it, have it signed by the head and stamped.
certificate-copy = This is the family's copy. The organization hands out the signed and stamped original.
certificate-file = { $document ->
        [note] Note-{ $number }
       *[certificate] Certificate-{ $number }
    }
certificate-file-group = { $document ->
        [note] Notes-{ $group }
       *[certificate] Certificates-{ $group }
    }
certificate-kept = The file “{ $name }” was kept on { FULLDAY($at) }. Its fingerprint (SHA-256): <code>{ $sha256 }</code>
certificate-nobody = Nobody to issue one to: these pupils have a document already, or have not completed the course.
certificate-no-licence = Only an organization with a licence issues documents of learning, and “{ $partner }” has none on record. Write it into the sheet “Организации”, column “Лицензия”.
certificate-resource = “{ $partner }” is a resource partner: nobody is taught there, and it issues no documents of learning.
certificate-no-hours = The course “{ $course }” has no hours on record, and without them no document can be issued. Write them into the sheet “Курсы”, column “Часов”.
certificate-revoked-already = This document is revoked.
certificate-holds-outcome = Document No. { $number } has been issued for this course. Revoke it first: “Documents of learning”, “Register”.

## The register

certificate-register =
    📒 <b>Register of documents of learning</b>
    In all: { $total }. Revoked ones keep their numbers.
button-certificate-line = No. { $number } · { $child }{ $stands ->
        [no] {" "}· revoked
       *[yes] {""}
    }
certificate-nameless = without a name
button-certificate-get = 📄 Get the document
button-certificate-revoked = 📄 The file as it was issued
certificate-no-longer = ⛔ The document is revoked: this file is as it was issued, it is no longer good.
button-certificate-revoke = ⛔ Revoke
certificate-why = Why do you revoke document No. { $number }? Write the reason in one message: the family will read it.
certificate-revoke-sure = <b>Revoke document No. { $number }?</b> Its QR will say that it is no longer good; the number stays used.
certificate-revoked-done = ⛔ Document No. { $number } is revoked. { families-hear }
certificate-revoked-line = ⛔ Revoked on { FULLDAY($day) }. { $reason ->
        [none] Issued by mistake.
       *[other] Reason: { $reason }
    }

## Verification: whoever holds the paper

certificate-genuine = ✅ <b>The document is genuine</b>
certificate-not-good = ⛔ <b>The document was revoked on { FULLDAY($day) } and is not valid</b>
certificate-unknown = ❓ The registers of the network know no such document. Check the link under the QR: a document's number alone proves nothing.
certificate-number = { $document ->
        [note] Note of learning
       *[certificate] Certificate of learning
    } No. { $number } of { FULLDAY($day) }
certificate-whose = { $child ->
        [none] Name: the family has withdrawn its data
       *[other] <b>{ $child }</b>
    }
certificate-result = { $result ->
        [completed] The programme was completed
        [failed] A part of the programme was learnt, the final result was not reached
        [left] A part of the programme was learnt, the learning ended before its end
        [continues] A part of the programme was learnt, the learning goes on
       *[unfinished] A part of the programme was learnt, no result was given
    }
certificate-compare = Compare it with the paper: everything must agree.

## To the family

certificate-issued = 🎓 { $child }: { $document ->
        [note] a note of learning was issued
       *[certificate] a certificate of learning was issued
    }, No. { $number }, course “{ $course }”, { SHORT($partner) }. The organization hands out the signed and stamped original.
certificate-issued-own = 🎓 { $document ->
        [note] A note of learning was issued to you
       *[certificate] A certificate of learning was issued to you
    }, No. { $number }, course “{ $course }”, { SHORT($partner) }. The organization hands out the signed and stamped original.
certificate-revoked = ⛔ { $child }: { $document ->
        [note] the note of learning
       *[certificate] the certificate of learning
    } No. { $number }, course “{ $course }”, { SHORT($partner) }, is revoked and no longer valid.{ $reason ->
        [none] {" "}It was issued by mistake.
       *[other] {" "}Reason: { $reason }
    }
certificate-revoked-own = ⛔ { $document ->
        [note] Your note of learning
       *[certificate] Your certificate of learning
    } No. { $number }, course “{ $course }”, { SHORT($partner) }, is revoked and no longer valid.{ $reason ->
        [none] {" "}It was issued by mistake.
       *[other] {" "}Reason: { $reason }
    }
