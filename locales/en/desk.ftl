# The desk, for those who answer requests.
desk-title = Requests
desk-open = Open, the most urgent first
desk-empty = No request is open. A new one appears here as soon as it arrives, with the day on which it is due.
desk-late = { $count ->
    [one] { $count } request is overdue
   *[other] { $count } requests are overdue
}
desk-read-only = Answering from here comes with a later version. Until then, please answer by mail.
desk-person = Person
desk-nobody = not known any more
desk-right = What for
desk-received = Received
desk-due = Due
desk-next-mover = Who moves next
desk-time = Time used
desk-axis = { $from } – { $until }
desk-next = Next page
desk-first = Back to the first page
desk-closed = Closed lately
desk-outcome = Outcome
desk-closed-on = Closed
desk-moves-person = the person
desk-moves-portal = the portal, by itself
desk-moves-team = your team
desk-moves-nobody = nobody: it is closed
desk-request = Request { $reference }
desk-back = Back to the list
desk-state = State
desk-regime = Under
desk-steps = What has happened
desk-why-law = This is the last day by law: { $law }.
desk-why-promise = Your policy promises an answer within { $days }, which is sooner than the law.
desk-state-received = Received
desk-state-verifying = Establishing who is asking
desk-state-in-progress = In progress
desk-state-waiting-for-person = Waiting for the person
desk-state-fulfilled = Done
desk-state-partly-fulfilled = Done in part
desk-state-refused = Refused
desk-state-withdrawn = Taken back
desk-state-lapsed = Ended without an answer from the person
