# Resources of the network: the catalogue, the card, files and links of resources and courses.

button-resources = 🧰 Resources
button-resources-kind = { resource-kind } · { $count }
button-resource-files = 📎 Files: { $count }
button-resource-file = 📄 { $name }

resource-kind = { $kind ->
        [staff] 👤 People
        [information] 💾 Information
        [material] 🔧 Premises and equipment
        [methodical] 📖 Teaching materials
       *[social] 🤝 Social ties
    }
resources-title =
    <b>🧰 Resources of the network</b>
    What the school and its partners share: { $count ->
        [one] { $count } resource
       *[other] { $count } resources
    }.
resources-none = { $loads ->
        [yes] No resources yet: they appear when you fill in the sheet «Ресурсы» of the network’s workbook.
       *[no] No resources yet. Look in again in a few days.
    }
resources-list =
    <b>{ $kind ->
        [all] 🧰 All resources
       *[other] { resource-kind }
    }</b>
    { $count ->
        [0] Nothing here.
        [one] { $count } resource.
       *[other] { $count } resources.
    }
resources-none-here = Nothing here yet. Look at another kind.
resources-none-words = Nothing was found. Try one shorter word, such as “ski”.
resources-whose = Whose resources?
resources-search = 🔎 { $you ->
        [pupil] What are you looking for? Write a word or two: <i>skis</i> or <i>3D printer</i>.
       *[adult] What are you looking for? Write a word or two: <i>skis</i> or <i>3D printer</i>.
    }
resources-found = 🔎 Here is what the network’s resources have:

resource-title =
    <b>{ $name }</b>
    { resource-kind }
    { $organization }
resource-what = { $what }
resource-where = 📍 { $place }
resource-sets = { $kind ->
        [material] 🔢 Sets or places: { $count }
       *[other] 🔢 Places: { $count }
    }
resource-whom = 👥 For: { $whom }
resource-link = 🌐 { $link }
resource-files = 📎 Files and links: { $count }

## Files and links

attachments-title =
    <b>📎 { $of ->
        [course] Materials of the course
       *[resource] Files of the resource
    } “{ $name }”</b>{ $count ->
        [0] {"\u000A"}Nothing yet.
       *[other] {""}
    }
attachment-file = { $number }. 📄 { $name }
attachment-link =
    { $number }. 🔗 { $name }
    { $link }
attachment-photo = Photo
attachment-ask =
    { $instead ->
        [yes] 📎 Send the file or the link that takes its place
       *[no] 📎 Send a file or a link
    } for “{ $name }”.

    PDF, photos and documents of Word, Excel, PowerPoint or LibreOffice up to { $limit } MB will do. The caption becomes the file’s name. A link may have words: <i>Problems https://example.org</i>
attachment-kept = ✅ Kept: { $name }. You may send more.
attachment-one = “{ $name }” — { $of }. What shall be done?
attachment-removed = 🗑 Removed: { $name }.
attachment-back = ✅ Back in its place: { $name }.
attachment-nothing = This is neither a file nor a link. Send a document, a photo or an address that begins with https://
attachment-kind = Such a file will not do. Send a PDF, a photo or a document without macros: DOCX, XLSX, PPTX, ODT, ODS, ODP. If it is one, save it again under its own extension.
attachment-too-big = The file is larger than { $limit } MB. Send it in parts, or put it into a cloud and send the link.
attachment-too-many = There are { $limit } files and links here already. Remove what is not needed and send it again.
button-attachment-take = 📄 { $number }. { $name }
button-attachment-manage = ✏️ { $number }
button-attachment-add = ➕ File or link
button-attachment-replace = 🔄 Replace
button-attachment-remove = 🗑 Remove
button-attachment-undo = ↩️ Put back

## The sheet «Ресурсы»

workbook-not-a-link = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a web address is expected, such as https://example.org; found “{ $found }”.
