# What the check of a policy finds. A suggestion is “none” where there is none.
severity-error = Error
severity-open-point = Open
severity-warning = Suggestion

finding-whole = the whole entry
finding-kind-category = kind of data
finding-kind-purpose = purpose
finding-kind-source = source
finding-kind-processor = recipient

finding-placeholder-unknown = { $suggestion ->
    [none] “{"{{"}{ $placeholder }{"}}"}” names nothing. Choose a name from the list below the text.
   *[other] “{"{{"}{ $placeholder }{"}}"}” names nothing. Did you mean “{ $suggestion }”?
}
finding-placeholder-empty = “{"{{"}{ $placeholder }{"}}"}” has no value yet. Fill in the fact, or write the sentence without it.
finding-list-in-sentence = “{"{{"}{ $placeholder }{"}}"}” stands for a whole list. Put it alone in a paragraph.
finding-duplicate-name = The name “{ $name }” is used twice. Give one of them another name.
finding-unknown-reference = { $suggestion ->
    [none] It names “{ $name }”, but there is no such { $kind }.
   *[other] It names “{ $name }”, but there is no such { $kind }. Did you mean “{ $suggestion }”?
}
finding-two-rules = Two rules, “{ $rule }” and “{ $other }”, say how long this is kept: { $category }. Leave it in one.
finding-slower-than-law = You promise an answer within { $days ->
    [one] { $days } day
   *[other] { $days } days
}, but the law allows { $limit } at most.
finding-no-contact = There is no address to write to. Add at least one contact.
finding-title-empty = The title is empty. Write one.
finding-section-too-long = The text is too long: { $bytes } bytes, { $limit } at most. Divide it into two sections.
finding-table-too-large = The tables have more than { $limit } cells, and would be shown as they are typed. Divide them into several sections.
finding-nested-too-deep = Lists and quotes stand in each other more than { $limit } times. Put them side by side.
finding-too-much = { $of ->
    [sections] The policy has { $found } sections, { $limit } at most. Put some together.
    [facts] The policy has { $found } facts, { $limit } at most.
    [lists] Lists of facts stand in the text { $found } times, { $limit } at most. Let each stand once.
    [values] Values of facts stand in the text { $found } times, { $limit } at most. Leave some out.
   *[page] The page would become too large: { $found } bytes, { $limit } at most. Let lists of facts stand once, and shorten the text.
}
finding-field-too-long = This is too long: { $bytes } bytes, { $limit } at most. Shorten it.
finding-circular-rule = The same event, “{ $event }”, starts the period and stops it, so it would never run.
finding-translated-section-unknown = It translates the section “{ $section }”, which the policy does not have.
finding-translated-label-unknown = { $suggestion ->
    [none] It translates “{ $path }”, which the policy does not have.
   *[other] It translates “{ $path }”, which the policy does not have. Did you mean “{ $suggestion }”?
}
finding-assumed-field-unknown = It marks something as assumed that does not exist: { $field }.
finding-not-https = The address “{ $url }” has to begin with https://
finding-field-assumed = This is only assumed: { $field }. Confirm or correct it.
finding-prose-assumed = The text prints “{"{{"}{ $placeholder }{"}}"}”, which is only assumed. Confirm the fact, or leave it out of the text.
finding-no-retention = Nothing says how long this is kept. The public page says “as long as needed”.
finding-no-period = No period is stated. Until there is one, nothing is deleted by itself.
finding-no-country = It is not stated in which country this company handles the data.
finding-no-legal-basis = It is not stated why this use is lawful.
finding-no-interest = You rely on a legitimate interest, but it is not stated which.
finding-long-sentence = A sentence of { $words } words is hard to read: “{ $start }…”. Make two of it.
finding-all-caps = Capitals are hard to read: “{ $text }”.
finding-section-empty = This section has no text.
finding-section-untranslated = “{ $section }” is not translated yet. Readers see the original.
finding-list-empty = “{"{{"}{ $placeholder }{"}}"}” stands for a list that has no entries yet.
finding-policy-empty = The policy has no text. Write at least one section.
finding-placeholder-broken = “{ $text }” would be printed as it stands, with its braces. A placeholder is a name between two braces on each side, in the text of a section.
finding-wording-period = “{ $wording }” names a time, but none is set, so nothing would be deleted by it. Enter it as the period.
finding-list-missing = “{"{{"}{ $placeholder }{"}}"}” stands nowhere in the text, so readers do not see this list. Put it alone in a paragraph.
finding-label-untranslated = “{ $path }” is not translated yet. Readers see the original.

place-document = The policy as a whole
place-section = Section “{ $title }”
place-translation = { $title ->
    [none] Translation ({ $language })
   *[other] Section “{ $title }” ({ $language })
}
place-fact = { $kind }: { $label }

# Fields that comparisons do not name.
studio-field-of-period = how long it is kept
studio-field-of-days = how fast you answer
studio-field-of-representatives = the representatives
studio-field-of-data-protection-officer = the data protection officer
studio-field-of-authority = the supervisory authority
