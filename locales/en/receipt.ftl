# The receipt of an erasure.
receipt-title = Receipt for a deletion
receipt-reference = Reference
receipt-date = Date
receipt-state = State
receipt-pending = being deleted
receipt-done = all done
receipt-done-in-part = done, and something stays
receipt-keys = Keys
receipt-keys-count = { $count ->
    [one] { $count } key
   *[other] { $count } keys
}
receipt-keys-why = destroyed, so that copies of what is gone can no longer be opened with them
receipt-genuine = signature genuine
receipt-not-genuine = signature not genuine
receipt-signed = Each line is signed by the company, with its time and the line before.
receipt-whole = whole and genuine
receipt-without-end = every line genuine; its end is not signed
receipt-broken = not as it was signed: something was changed or is missing
receipt-newer = Something more
receipt-newer-why = stated by a newer version of this portal, which can tell it
receipt-file = Download it as a file
receipt-file-check = and anybody can check it without this portal: candor receipt verify
receipt-key = Public key
receipt-proves = The receipt proves what the company stated and when. It names no person.
receipt-keep = Print or save this page. Whoever has its link can open it, and it is shown nowhere else.
receipt-next = What happens next
receipt-next-pending = The deletion is under way. This page looks again every two seconds, and you get a mail when it is done.
receipt-next-done = You need not do anything more. The last mail about this is on its way, and your address is deleted with it.
receipt-next-kept = What the law demands stays until { $date } at the latest, and goes then.
receipt-next-passed-on = What is held on behalf of your organisation is for your organisation to decide. Please ask there.
receipt-question = If you have a question, quote the reference when you write to
receipt-next-open = { $company } has yet to confirm how long the rest must stay. Until then it is kept, and used for nothing else.
