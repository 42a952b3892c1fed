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

mail-reset-subject = Choose a new password
mail-reset-text = with this link you choose a new password. It is good for an hour, and once. Until then, nothing changes.
mail-reset-link = Choose a new password
mail-reset-why = You get this mail because somebody typed your address to get into an account. If that was not you, you need not do anything.
mail-sign-up-subject = Your account
mail-sign-up-text = with this link you choose a password, and then you can see what is held about you. It is good for a day, and once.
mail-sign-up-link = Make my account
mail-sign-up-why = You get this mail because somebody typed your address to make an account. If that was not you, you need not do anything: without the link there is no account.
mail-unknown-subject = No account with this address
mail-unknown-text = somebody asked for a link to sign in with this address. There is no account with it here, and none can be made with it.
mail-unknown-next = Perhaps you know us by another address. You can also make a request without an account.
mail-unknown-link = Make a request
mail-link-why = You get this mail because somebody typed your address. If that was not you, you need not do anything.
mail-address-subject = Your new address
mail-address-text = with this link you sign in with this address from now on. It is good for a day, and once.
mail-address-link = Use this address
mail-address-why = You get this mail because somebody who is signed in to an account here wants to use your address. If that was not you, you need not do anything.
mail-invitation-subject = You are invited
mail-invitation-text = you are invited to work on our privacy pages. With this link you choose a password. It is good for a week, and once.
mail-invitation-link = Choose a password
mail-invitation-why = You get this mail because an administrator typed your address. If you did not expect it, you need not do anything.
mail-password-changed-subject = Your password was changed
mail-password-changed-text = the password of your account was just changed, and other browsers were signed out.
mail-password-reset-subject = You have a new password
mail-password-reset-text = a new password was chosen for your account by a link that we had mailed to you. Everybody who was signed in is signed out. Passkeys, providers and the like open your account again once you have signed in and told us which of them are yours.
mail-address-asked-subject = A new address for your account
mail-address-asked-text = somebody who is signed in to your account wants to sign in with another address from now on. Nothing has changed yet.
mail-address-changed-subject = The address of your account was changed
mail-address-changed-text = from now on your account here is signed in to with another address. You get this note at the old and at the new one.
mail-notice-next = If that was you, all is well. If not, choose a new password now, and tell us.
mail-notice-when = It happened on { $when }.
mail-notice-link = Choose a new password
mail-notice-why = You get this mail because how you sign in has changed. It is sent every time, so that nobody changes it without you.
