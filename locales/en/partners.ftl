# About the partner: on a course's card and in a workbook's plan
course-resource = 🤝 A resource partner: it lends a place, books and people; it issues no document of learning.
course-phone = ☎️ { $phone }
course-site = 🌐 { $site }
network-course-no-licence = ⚠️ “{ $partner }” has no licence on record, but courses: { $courses }. No certificates can be issued for them. Write it into the sheet “Организации”, column “Лицензия”.
network-course-of-resource = ℹ️ “{ $partner }” is a resource partner, but has courses: { $courses }. The order names it apart, and it issues no documents of learning.
