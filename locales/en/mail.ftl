# Mails. The receipt's code is in none of them: it is shown once, on the page.
mail-erasure-begun-subject = Your data at { $company } is being deleted ({ $reference })
mail-erasure-begun-text =
    Hello,

    you asked { $company } to delete your data. Its use has stopped, and we have begun to delete it.

    Your reference is { $reference }. We write once more when it is done.

    If this was not you, please tell us at once: { $contact }

    { $company }
mail-erasure-done-subject = Your data at { $company } has been deleted ({ $reference })
mail-erasure-done-text =
    Hello,

    what you asked { $company } to delete is deleted, and the keys that could have opened copies of it are destroyed here. If the law makes us keep something, the receipt names it, with the reason and the date until which it stays.

    Your reference is { $reference }. If you have a question, a person answers at { $contact }

    This is the last mail about this request. We delete your address together with it.

    { $company }
