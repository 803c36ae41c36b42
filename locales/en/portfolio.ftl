# A pupil's portfolio: the year on a page and as a PDF, achievements.

button-portfolio = 🎒 Portfolio
button-achievements-waiting = 🏅 Achievements: { $count }
portfolio-whose =
    🎒 <b>Portfolio of the year</b>
    Whose?
portfolio-nobody =
    🎒 <b>Portfolio of the year</b>
    Nobody to show yet: whoever learns in a group has a portfolio.
portfolio-title = 🎒 <b>{ $child }, { $class_name }: { $year }</b>
portfolio-course = • “{ $course }”, { SHORT($partner) }: hours { $hours }{ $lessons ->
        [0] {""}
       *[other] {", "}attended { $present } of { $lessons }
    }
portfolio-no-courses = No courses this year yet.
portfolio-document = { $document ->
        [note] 📄 Note No. { $number }, course “{ $course }”
       *[certificate] 🎓 Certificate No. { $number }, course “{ $course }”
    }
portfolio-achievement = { $number }. { $line } — { achievement-state }
portfolio-no-achievements = No achievements yet: add a line, a photo or a PDF of a diploma, and the teacher will confirm it.
button-portfolio-pdf = 📄 PDF
button-achievement-add = ➕ Add an achievement
button-achievement-file = 📎 File { $number }
button-achievement-drop = 🗑 Remove { $number }
achievement-asked = Write the achievement in one line (“2nd place, district olympiad in robotics, 14 March”), or send a photo or a PDF of the diploma, up to { $limit } MB; its caption is the line.
achievement-line-asked = 📎 The file is here. What is it for? Write it in one line, for example: “2nd place, district robotics olympiad”.
achievement-told = { $state ->
        [confirmed] ✅ Put down.
       *[new] ✅ Put down. It enters the portfolio when the teacher confirms it.
    }
achievement-dropped = 🗑 Removed.
achievement-file = A photo (JPEG, PNG) or a PDF up to { $limit } MB will do.
achievement-many = No more than { $limit } achievements a year: remove one first.
achievement-own = An achievement of one's own child is confirmed by the teacher, not by the family.
achievement-settled = { $state ->
        [confirmed] Already decided: the achievement is confirmed.
       *[declined] Already decided: the achievement is not confirmed. The family may add it again.
    }
achievements-waiting =
    🏅 <b>Achievements to confirm</b>
    { $count ->
        [0] Nothing waits.
       *[other] They wait: { $count }
    }
achievement-waits-line = { $number }. { $child }: { $line }
button-achievement-yes = ✅ Confirm { $number }
button-achievement-no = ✖️ Decline { $number }
achievement-decided-done = { $state ->
        [confirmed] ✅ Confirmed.
       *[declined] ✖️ Not confirmed.
    } { families-hear-soon }
achievement-waits = 🏅 An achievement of a pupil of your group waits to be confirmed.
button-achievement-open = 🏅 Look
achievement-decided = { $state ->
        [confirmed] 🏅 { $child }: the achievement is confirmed and stands in the portfolio. { $line }
       *[declined] { $child }: the achievement is not confirmed. { $line }
    }
achievement-decided-own = { $state ->
        [confirmed] 🏅 Your achievement is confirmed and stands in the portfolio. { $line }
       *[declined] Your achievement is not confirmed. { $line }
    }
portfolio-file = Portfolio
portfolio-paper-title = Portfolio of the academic year { $year }
portfolio-class = Class { $class_name }
portfolio-head-course = Course
portfolio-head-hours = Hours
portfolio-head-attendance = Lessons attended
portfolio-documents = Documents of learning
portfolio-achievements = Achievements
