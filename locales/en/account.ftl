# Your data, and the same as an answer to print.
account-title = Your data
account-intro = Open a kind of data to see all of it, what it is used for, who receives it and how long it stays.
account-answer = Read it as one page to print
account-nothing-yet = Nothing is held about you here. As soon as something is, you will find it on this page.
account-holds = { $company } holds { $count ->
    [one] one thing
   *[other] { $count } things
} about you, in { $kinds ->
    [one] one kind
   *[other] { $kinds } kinds
}.
account-holds-nothing = { $company } holds nothing about you.
account-due = The time of { $count ->
    [one] one of them
   *[other] { $count } of them
} runs out this year.
account-count = { $count ->
    [0] nothing
    [one] { $count } item
   *[other] { $count } items
}
account-on-behalf = for your organisation
account-undeclared = The policy does not name this kind of data yet. It is held all the same, so you see it here.
account-do = What you can do
account-more = More about your data
account-download = Download my data
account-correct = Correct something
account-limit = Limit how it is used
account-delete = Delete my data

held-records = The data itself
held-items = What it is
held-purposes = Used
held-sources = Comes from
held-recipients = Who receives it
held-kept = Kept
held-from = from { $source }
held-nothing = Nothing of this kind is held about you.
held-not-linked = This data exists only as totals. It cannot be linked to a person, not to you either, so there is nothing to list.
held-on-behalf-of = { $company } holds this data on behalf of { $organisation }, which decides about it and answers for it. So it is not opened here: { $organisation } is whom to ask.
held-on-behalf = { $company } holds this data on behalf of the organisations that are its customers. They decide about it and answer for it. Please ask yours.
held-shared = { $count ->
    [one] One item is
   *[other] { $count } items are
} about other people as well. A person looks at { $count ->
    [one] it
   *[other] them
} before you get { $count ->
    [one] it
   *[other] them
}, so that nobody else’s data is given away.
held-more = Show older items
held-no-more = There are no older items.
held-stripe = A reference is the name under which Stripe, which handles payments, keeps a purchase or a customer. It holds no card details, and no card details are stored here.
held-module-done = done
held-module-open = not done yet
held-by-law = after that, as long as { $ground } demands
held-by-law-for = { $period } because { $ground } demands it
held-until-by-law = { $ground } demands it

answer-title = What is held about you
answer-for = For { $person }, as of { $date }
answer-records = The newest 50 items of each kind are listed here. The download has all of them.
answer-more = There are older items. The download has all of them.
answer-complaint-to = You may complain at any time to the supervisory authority:
answer-complaint = You may complain at any time to a data protection authority, for example where you live or work.

# Fields of records.
data-name = Name
data-email = Email address
data-phone = Phone
data-company = Company
data-job-title = Job title
data-address = Address
data-vat-id = VAT number
data-customer = Stripe customer
data-payment-intent = Stripe payment
data-subscription = Stripe subscription
data-invoice = Stripe invoice
data-amount = Amount
data-for = For
data-state = State
data-plan = Plan
data-since = Since
data-date = Date
data-course = Course
data-modules = Modules
data-title = Title
data-done = Done
data-on = On
data-direction = Direction
data-subject = Subject
data-text = Text
data-channel = Sent by
data-feature = Feature
data-calls = API calls
data-sessions = Sessions
data-browser = Browser
data-device = Device
data-ip = IP address
data-location = Location
data-pages = Pages
data-call = Call
data-duration-seconds = Length in seconds
data-parties = People in the call
data-model = Model
data-trained-on = Trained on
data-purpose = Purpose
data-rows = Rows
data-period = Time covered
data-is-from-you = from you
data-is-to-you = to you
data-is-form = contact form
data-is-email = email
data-is-active = active
data-is-cancelled = cancelled
data-is-succeeded = paid
data-is-requires-payment-method = not paid

account-timeline = See what has happened to it
held-goes = goes on { $date }
held-goes-by-law = goes on { $date }: { $ground } demands it until then
held-time-is-up = its time was up on { $date }
held-stays-by-law = stays until { $date } at least: { $ground } demands it
held-narrow = Show only some of it
held-narrow-any = any
held-narrow-source = Comes from
held-narrow-kind = Kind
held-narrow-from = From
held-narrow-to = To
held-narrow-show = Show these
held-none-such = There is nothing like that.

timeline-title = What has happened to your data
timeline-intro = What this portal was told about you, to whom it was given, and what you have asked for, the latest first.
timeline-empty = Nothing has happened yet.
timeline-earlier = Show what was before
timeline-added = { $category }: { $count ->
    [one] one item was added
   *[other] { $count } items were added
}
timeline-disclosed = { $category }: given to { $who }
timeline-exported = A download was made for you
timeline-asked-access = You asked to see your data:
timeline-asked-portability = You asked to take your data with you:
timeline-asked-correction = Something was corrected, or you asked for it:
timeline-asked-erasure = The deletion of your data was asked for:
timeline-asked-restriction = You asked to limit how your data is used:
timeline-asked-objection = You objected to how your data is used:
timeline-asked-know-categories = You asked what kinds of data are held:
timeline-asked-know-pieces = You asked to see your data:
timeline-asked-delete = The deletion of your data was asked for:
timeline-asked-correct = Something was corrected, or you asked for it:
timeline-asked-opt-out = You opted out:
timeline-asked-limit = You asked to limit how your data is used:
timeline-asked-complaint = You complained:

organisation-intro = You administer { $organisation } here, so you see what { $company } holds on its behalf.
organisation-nothing = Nothing is held on its behalf.
organisation-open = Open: { $category }
account-organisation = See what is held on behalf of { $organisation }

kind-profile = Profile
kind-stripe-customer = Customer at Stripe
kind-stripe-payment = Payment
kind-subscription = Subscription
kind-billing-details = Billing details
kind-invoice = Invoice
kind-course-progress = Course progress
kind-message = Message
kind-call-recording = Call recording
kind-transcript = Transcript
kind-consent = Consent
kind-technical-log = Technical log
kind-usage-event = Usage
kind-erp-data-set = ERP data set
kind-trained-model = Trained model
account-holds-more = { $company } holds more than { $count } things about you, in { $kinds ->
    [one] one kind
   *[other] { $kinds } kinds
}.
account-count-more = more than { $count } items
account-due-all = Its time runs out this year.
account-over = The time of { $count ->
    [one] one of them
   *[other] { $count } of them
} is up already.
account-over-all = Its time is up already.
account-holds-on-behalf = It holds { $count ->
    [one] one more
   *[other] { $count } more
} on behalf of your organisation.
account-holds-on-behalf-more = It holds more than { $count } more on behalf of your organisation.
held-also-on-behalf = { $count ->
    [one] One more item of this kind is
   *[other] { $count } more items of this kind are
} held on behalf of your organisation, which answers for { $count ->
    [one] it
   *[other] them
}.
held-also-on-behalf-more = More than { $count } more items of this kind are held on behalf of your organisation, which answers for them.
held-law-over = { $ground } has not demanded it since { $date }: it stays as long as it is needed, or until you have it deleted
held-stays-as-long = stays as long as { $ground } demands
held-stays-unconfirmed = stays until { $company } confirms how long { $ground } demands it
held-unconfirmed = kept until { $company } confirms how long { $ground } demands it
ground-not-stated = a ground that is not stated yet
kept-not-stated = not stated yet how long
basis-not-stated = Legal basis not stated yet
country-not-stated = country not stated yet
safeguard-not-stated = protection there not stated yet
recipients-not-stated = Not stated yet, whether also: { $who }

# Another address, until it counts.
next-address = { $company } was told that your address is to be { $address }.
next-address-none = { $company } was told that you have no address any more.
next-address-from = It counts from { $date }; until then nothing changes.
next-address-written = It counts three days after we have written to you; until then nothing changes.
next-address-keep = That is not right: keep my address
