# The study plan: calendar, load, plan and fact.

button-study-plan = 📆 Study plan
button-plan-xlsx = 📊 XLSX
button-plan-docx = 📄 DOCX
study-plan-page =
    <b>📆 Study plan { $year }</b>
    Groups: { $groups }. Lessons planned and held:
study-plan-partner = • { $partner }: planned { $planned }, held { $held }, cancelled { $cancelled }, made up { $made_up }
study-plan-empty = There is no timetable of this academic year yet, so there is nothing to plan. Load a network workbook with the sheet «Расписание».
study-plan-file = study-plan
study-plan-sheet-calendar = Calendar
study-plan-sheet-load = Load
study-plan-sheet-fact = Plan and fact
study-plan-sheet-lessons = Lessons
study-plan-group = Group
study-plan-course = Course
study-plan-organization = Organization
study-plan-teacher = Teacher
study-plan-times = Days and hours
study-plan-first = First lesson
study-plan-last = Last lesson
study-plan-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
  }
study-plan-lessons = Lessons
study-plan-hours = Academic hours
study-plan-programme = Hours of the programme
study-plan-a-week = Hours a week
study-plan-total = Total
study-plan-planned = Planned
study-plan-held = Held
study-plan-cancelled = Cancelled
study-plan-made-up = Made up
study-plan-ahead = Ahead
study-plan-day = Day
study-plan-begins = Begins
study-plan-ends = Ends
study-plan-place = Place
study-plan-state = State
study-plan-state-of = { $state ->
    [cancelled] cancelled
    [made-up] in place of a cancelled one
    [moved] moved from { SHORTDAY($was) }
    [held] held
   *[planned] as planned
  }
