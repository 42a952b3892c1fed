# What every page shares.
period-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
period-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
period-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}

skip-to-content = Skip to the content
nav-label = Main
nav-policy = Policy
nav-your-data = Your data
nav-requests = Requests
nav-studio = Studio
nav-desk = Desk
language-label = Language
sign-in = Sign in
sign-out = Sign out
footer-label = More
footer-by = Privacy portal by Candor
footer-history = Earlier versions
footer-cookies = Cookies
footer-processors = Who receives data
footer-contact = Write to us
title-of = { $title } – { $name }
suspended-note = This portal is closed for now: nobody can sign in. What is published stays readable.
page-about = What { $name } holds about people, why and until when, and what everybody can do about it.
page-about-candor = Privacy portals in which the policy is what is done.

error-summary-title = Please check { $count ->
    [one] one thing
   *[other] { $count } things
}
field-error-prefix = Error:
field-optional = optional
back = Back
continue = Continue

today = today
done = done
due-soon = due soon
overdue = overdue
timeline-until = Kept until { $date }
timeline-at-least = Kept until { $date } at least
timeline-over = Its time was up on { $date }
timeline-described = From { $from } until { $until }, today is { $today }. { $share } % of the time has passed.
segments-of = { $done } of { $total }
deadline-left = { $count ->
    [0] due today
    [one] { $count } day left
   *[other] { $count } days left
}
deadline-over = { $count ->
    [one] { $count } day overdue
   *[other] { $count } days overdue
}
deadline-described = { $used } of { $total } days used
error-bad-request-title = This request cannot be understood
error-bad-request-text = Something in it is not as a browser sends it. Nothing was changed. Go back and try once more.
error-policy-large-title = This policy cannot be shown
error-policy-large-text = It is larger than a page can be. Write to the company: it has to shorten it, and it owes you an answer meanwhile.
error-too-long-title = This address is too long
error-too-long-text = No page of this portal has an address that long. Nothing was changed.
sign-in-email-missing = Write your email address, as in name@example.org.
sign-in-password-missing = Write your password.
sign-in-mismatch = The address or the password is not right. Check both and try again.
demo-customer = Customer
demo-admin = Administrator
demo-support = Support
demo-editor = Editor: writes the policy
demo-approver = Approver: publishes it
demo-auditor = Auditor: reads everything
not-stated = not stated yet
