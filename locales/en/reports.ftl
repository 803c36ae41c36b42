# The school's reports: the way from a wish to a place.

button-reports = 📊 Reports
button-funnel-picture = 🖼 Picture
button-funnel-xlsx = 📊 XLSX
funnel-title =
    <b>Enrollment: from application to place</b>
    Applied: { $applied } → approved: { $approved } → requested: { $requested } → enrolled: { $enrolled }. In reserve: { $reserve }.
funnel-empty = No applications yet: once families begin to choose courses, the figures appear here.
funnel-head = <b>{ $partner }</b>
funnel-line = • { $course }: applied { $applied } → approved { $approved } → requested { $requested } → enrolled { $enrolled }; reserve { $reserve }, free { $free } of { $seats }
funnel-title-plain = Enrollment: from application to place
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
funnel-free-of = free seats: { $free } of { $seats }
funnel-total = Total
