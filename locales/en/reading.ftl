# What is read in tables and what is doubtful in them: the network workbook and the journal alike.

cell-formula = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: a formula without a value. Open the file in Excel, save it as “Excel Workbook (.xlsx)” and send it again.
cell-error = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: an Excel error “{ $found }” in place of a value. Mend the formula or type the value.
cell-shows-another = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: the cell shows “{ $shown }” but holds { $holds }. Type the number that is meant and give the column the format “General”.
cell-letter-lost = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: in “{ $found }” a “?” stands where a letter was. That happens when a file is saved in an encoding without that letter. Save it as “Excel Workbook (.xlsx)” or “CSV UTF-8”.
cell-day-or-month = “{ $sheet }”, row { $row }, column { $letter } “{ $column }”: is “{ $found }” { $one } or { $other }? Type the date with dots.
note-merged =
    { $count ->
        [one] “{ $sheet }”, column { $letter }: a merged cell was read for { $count } row below it too.
       *[other] “{ $sheet }”, column { $letter }: merged cells were read for { $count } rows below them too.
    }
