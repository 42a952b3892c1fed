# The studio, where the policy is written.
studio-title = Policy studio
studio-nav = Studio
studio-policy = Draft
studio-check = Check
studio-compare = Compare
studio-publish = Publish
studio-saved = Draft saved { $when }, not published.
studio-unchanged = The draft says the same as version { $number }.
studio-nothing-yet = Nothing saved yet
studio-errors = { $count ->
    [0] no errors
    [one] { $count } error
   *[other] { $count } errors
}
studio-open-points = { $count ->
    [0] no open points
    [one] { $count } open point: not stated by you yet, so not printed
   *[other] { $count } open points: not stated by you yet, so not printed
}
studio-version = Working copy of version { $number }
studio-no-sections = Your policy has no text yet. Each section that you add appears here, in the order of the page.
studio-add-section = Add a section
studio-add-processor = Add a recipient
studio-edit = Edit
studio-change = Change
studio-facts = Facts
studio-facts-about = The portal acts on these. The text can name them, so that a number is never written twice. What has no link here is changed in the policy's file.
studio-facts-about-reading = The portal acts on these, and the text names them, so that a number is never written twice.
studio-part-edit = You write this policy. When it is ready, ask somebody who publishes to look at it.
studio-part-publish = You read and publish this policy. If something should say otherwise, ask somebody who edits it.
studio-part-read = You read everything here, and change nothing.
studio-back = Back to the draft
studio-save = Save draft
studio-keep = Keep it
studio-first-title = Privacy policy
studio-stale-title = Somebody else has saved in the meantime
studio-stale-text = Nothing of yours was saved, and what you typed is kept below. Look at what is there now, and take over what you need. If you save again, your version replaces theirs on this page.
studio-stale-look = Open what is saved now in a new tab
studio-stated-legend = Do you stand by this?
studio-stated-hint = Only what you state is shown to the public as a promise. Everything else stays an open point.
studio-stated = We state this
studio-stated-all = We state everything on this page
studio-not-known = We don’t know yet
studio-not-known-about = Ask counsel; until then it is left out of the policy.

section-new = New section
section-title = Title
section-title-missing = Write a title.
section-body = Text
section-body-hint = You can use Markdown: **bold**, lists with “-”, [links](https://…). A blank line begins a new paragraph.
section-body-translated = The translation of the text below, with the same placeholders. If you empty both fields, the translation is removed and the original is shown instead.
section-body-long = This text is too long. Divide it into two sections.
section-languages = Languages of this section
section-untranslated = (not translated)
section-original = The original
section-preview = Show preview
section-preview-label = Preview: not saved
section-preview-updated = The preview shows what you typed.
section-preview-failed = The preview could not be made. What you typed is still there.
section-help = Facts that the text can name
section-help-values = Inside a sentence, these stand for a single value. When the fact changes, the sentence does too.
section-help-lists = Alone in a paragraph, these stand for a list of facts.
section-remove = Remove this section
remove-section-title = Remove “{ $name }”?
remove-section-about = The section and its translations are taken out of the draft. What is published stays as it is until you publish the draft.

retention-title = How long to keep: { $what }
retention-used = The time runs from { $event }, and readers see the period with “{ $after }”. In the text you write { $placeholder } where the period belongs.
retention-amount = How many
retention-amount-hint = A whole number, for example 90. Leave it empty for “as long as needed”.
retention-amount-wrong = Write a whole number from 1; a period can be 100 years at most.
retention-unit = Of what
retention-unit-missing = Choose days, months, years or “as long as needed”.
retention-days = Days
retention-months = Months
retention-years = Years
retention-as-needed = As long as needed, without a fixed period
retention-wording = Without a fixed period: until when, in words
retention-wording-hint = For example “while your account is active”. With a period, the words come from the event, so leave this empty.
retention-wording-in = The same words ({ $language })

processor-new = New recipient
processor-name = Name of the company
processor-name-hint = As people know it, for example “Stripe”.
processor-name-missing = Write the company’s name.
processor-does = What it does for you
processor-does-hint = In a few words, for example “payments”.
processor-does-missing = Write what it does for you.
processor-categories = What it receives
processor-categories-hint = Choose every kind of data that reaches it. When someone’s data is deleted, the portal knows whom to tell.
processor-country = Country
processor-country-hint = Where it handles the data.
processor-safeguard = What protects the data there
processor-safeguard-hint = It is in your contract with the company, often under “international transfers”.
processor-policy-url = Address of its own privacy policy
processor-policy-url-hint = It begins with https://
processor-policy-url-wrong = Write an address that begins with https://
processor-remove = Remove this recipient
remove-processor-title = Remove { $name }?
remove-processor-about = It is taken out of the draft’s list of recipients. If the text names it, the check will tell you. What is published stays as it is until you publish the draft.

contacts-title = Who is responsible
contacts-name = Name of the company
contacts-name-missing = Write the company’s name.
contacts-legal-name = Registered name
contacts-legal-name-hint = If it differs, as it stands in the commercial register.
contacts-address = Postal address
contacts-about = People write to these addresses. Empty both fields of a contact to remove it.
contacts-first = First contact, for privacy
contacts-row = Contact { $number }
contacts-label = What it is for
contacts-label-missing = Write what this address is for.
contacts-email = Email address
contacts-email-wrong = Write an address such as privacy@example.com.
contacts-none = Give at least one address, so that people can reach you.

check-title = What the check found
check-nothing = Nothing is wrong and nothing is open.
check-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
check-errors-about = These have to be put right before you can publish.
check-open-points = { $count ->
    [one] { $count } open point
   *[other] { $count } open points
}
check-open-points-about = Someone has to find out or decide something. You can publish all the same: what is open is not printed as a promise.
check-warnings = { $count ->
    [one] { $count } suggestion
   *[other] { $count } suggestions
}
check-warnings-about = The text would read better.

draft-compare-title = What the draft changes
draft-compare-between = From version { $number }, which is in force, to this draft
draft-compare-first = Nothing is published yet, so there is nothing to compare with. The draft will be the first version.

publish-title = Publish version { $number }
publish-button = Publish version { $number }
publish-not-yet = Keep working on it
publish-edit = Go to the draft
publish-nothing = There is nothing to publish: no draft says anything else than the version in force.
publish-first = This is the first version. Once it is published, everyone can read it.
publish-sections = { $count ->
    [0] No section’s text changes.
    [one] The text of { $count } section changes.
   *[other] The text of { $count } sections changes.
}
publish-compare = Read the changes word by word
publish-open-points = { $count ->
    [one] { $count } point is still open. It is not printed as a promise.
   *[other] { $count } points are still open. They are not printed as promises.
}
publish-open-points-look = Look at what is open
publish-at-once = The new version is in force at once: the page, the periods and the answers follow it. The version before stays readable.
publish-errors = { $count ->
    [one] { $count } error stands in the way
   *[other] { $count } errors stand in the way
}
publish-refused = Nothing was published
publish-refused-no-draft = There is no draft any more. Perhaps somebody else has just published it.
publish-refused-stale = Somebody else has saved the draft since you read it. Below is how it stands now. Read it once more, then publish.
publish-refused-unchanged = The draft says the same as the version in force.
publish-refused-errors = The draft has errors. They are listed below, each with the way to put it right.

studio-today = Today
studio-versions = Versions
studio-discard = Discard the draft
studio-live = What you change on this page counts at once.
studio-customers-read = Customers read version { $number }.
studio-customers-read-none = Customers read nothing yet.

today-title = What needs you today
today-nothing = Nothing needs you today.
today-reports = { $count ->
    [one] A report that data is a child’s waits at the desk
   *[other] { $count } reports that data is a child’s wait at the desk
}
today-overdue = { $count ->
    [one] { $count } request is overdue
   *[other] { $count } requests are overdue
}
today-due-soon = { $count ->
    [one] { $count } request is due within a week
   *[other] { $count } requests are due within a week
}
today-draft = A draft waits to be published: until then, customers read the version before
today-draft-errors = { $count ->
    [one] A draft waits, and { $count } error keeps it from being published
   *[other] A draft waits, and { $count } errors keep it from being published
}
today-open-points = { $count ->
    [one] { $count } open point in the policy: something nobody has stated yet, and so is not printed
   *[other] { $count } open points in the policy: things nobody has stated yet, and so are not printed
}
today-webhooks = { $count ->
    [one] { $count } of your systems does not take its messages
   *[other] { $count } of your systems do not take their messages
}
today-tokens = { $count ->
    [one] { $count } token has ended or ends within two weeks
   *[other] { $count } tokens have ended or end within two weeks
}

discard-title = Discard the draft?
discard-about = Everything that was changed since version { $number } is thrown away, also what others have written. Version { $number } stays in force.
discard-about-first = Everything that was written is thrown away, also what others have written.

versions-title = Versions
versions-about = What customers read, and since when. A version never changes; you can take one up again as a draft.
versions-none = Nothing is published yet. Each version that you publish appears here.
versions-in-force = in force
versions-restore = Take up again as a draft
versions-restore-named = Take version { $number } up again as a draft
restore-title = Take version { $number } up again?
restore-about = It becomes the draft. Nothing changes for customers until you publish it, under a new number.
restore-about-draft = It becomes the draft, in place of the one that is being written now: what that one says is thrown away. Nothing changes for customers until you publish it, under a new number.

publish-means = What customers are told that it changes for them
publish-behind = Since this draft was last saved, another version came into force. The draft knows nothing of it: publishing undoes what that version changed.
published-title = Version { $number } is in force
published-about = Customers read it from now on, and the periods and answers follow it. You are still in the studio.
published-read = Read it as customers do
published-today = What needs you today

retention-amount-as-needed = You gave a number and “as long as needed”. Choose one: a period, or no number.
retention-wording-time = Write this without a number. A time belongs into the fields above, so that the portal keeps to it.
