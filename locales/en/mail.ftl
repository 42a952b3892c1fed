# Mails. The receipt's code is in none of them: it is shown once, on the page.
mail-greeting = Hello,
mail-contact = If you have a question, a person answers at { $contact }

mail-erasure-begun-subject = Your data at { $company } is being deleted ({ $reference })
mail-erasure-begun-text = you asked { $company } to delete your data. Its use has stopped, and we have begun to delete it.
mail-erasure-begun-reference = Your reference is { $reference }. We write once more when it is done.
mail-erasure-begun-why = You get this mail because somebody who was signed in to your account asked for it. If that was not you, please tell us at once.

mail-erasure-done-subject = Your data at { $company } has been deleted ({ $reference })
mail-erasure-done-text = what you asked { $company } to delete is deleted, and the keys that could have opened copies of it are destroyed here. If the law makes us keep something, the receipt names it, with the reason and the date until which it stays.
mail-erasure-done-reference = Your reference is { $reference }.
mail-erasure-done-why = You get this mail because you asked us to delete your data. It is the last one about this request; we delete your address together with it.

mail-code-subject = Your code
mail-code-text = here is the code that you asked for. It is good for ten minutes, for one thing, in the browser in which you asked.
mail-code-why = You get this mail because somebody who is signed in to your account asked for a code. If that was not you, please change your password. We never ask for this code by mail or telephone.
