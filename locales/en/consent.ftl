# Consent: a page for each child, a record of its own for each purpose.

consent-first = Your consent to the processing of the child's data is needed first. Open the menu (/start): its first button leads there.
