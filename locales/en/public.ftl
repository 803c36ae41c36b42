# The network's page: what everybody sees without logging in. What the bot too says of a course is said in its words: courses.ftl, partners.ftl.

public-name = Courses of the network
public-year = academic year { $year }
public-lead = Courses for pupils to choose from. Parents apply in the school's bot.
public-count = { $total ->
        [one] { $total } course
       *[other] Courses: { $total }
    }
public-skip = To the content
public-skip-list = To the list
public-menu = Sections
public-courses = Courses
public-agreements = Agreements
public-network = Who is in the network
public-narrow = Narrow and search
public-direction = Direction
public-partner = Organization
public-class = Class
public-every = All
public-search = A word of the name or the description
public-search-go = Search
public-pages = Pages
public-page = Page { $page } of { $pages }
public-before = ‹ Before
public-after = After ›
public-about = About the course
public-when = When and where
public-group = Group { $group }
public-apply = How to apply
public-how = Open the bot, choose the child and press “Apply”. One comes in by an invitation of the school: the class teacher has it.
public-how-any = Open the bot, choose the course and the child. One comes in by an invitation of the school: the class teacher has it.
public-square = QR: { $link }
public-scan = Point the phone's camera at the QR code: the course opens in Telegram.
public-scan-any = Point the phone's camera at the QR code: all courses open in Telegram.
public-by = Who teaches
public-address = 🏠 { $address }
public-all-courses = ‹ All courses
public-their-courses = Its courses
public-bases = Base schools
public-partners = Partners
public-network-lead = The schools and organizations that teach children together.
public-network-none = Nobody is here yet. Come back in a few days.
public-agreements-lead = The schools' agreements with partners on the network form, published as the network's regulation asks.
public-agreements-none = No agreement has been published yet.
public-agreement-until = In force until { FULLDAY($day) }.
public-agreement-link = Open on the website
public-nothing-here = There is no such page
public-nothing-here-lead = The course may be over, or the link was mistyped.
public-not-so = That is not how one asks
public-not-so-lead = This page can only be opened.
public-foot = There is no data of children or families here. The page remembers nothing about you.
public-printed = The page as of { FULLDAY($day) }: { $address }
public-agreement-file = Download the file, { $size } KB
public-file-name = Agreement-{ $number }
button-public-page = 🌐 The network's page
button-course-share = ↗️ Share
public-square-file = QR-of-the-network.png
public-told =
    🌐 <b>The network's page</b>
    { $url }

    Everybody sees it without logging in: courses, partners and agreements, and not one name. Print the QR and hang it up at school; each course has a page of its own that prints on A4.
help-public =
    All courses on one page, for everybody and without logging in:
    { $url }
public-resources = Resources
public-resources-lead = What schools and partners share: rooms and equipment, books, websites, activities for families.
public-open = Open to
