# Showing once more who one is.
confirm-title = Please show that it is you
confirm-disclosure = You signed in a while ago. Before we show what is held about you, we ask once more.
confirm-export = A download holds everything about you in one file. Before we make or hand it out, we ask once more.
confirm-deletion = Deleting cannot be undone. Before we show what would go and what has to stay, we ask once more.
confirm-credentials = Whoever changes how you sign in has your account. So we ask once more.
confirm-send = Continue
confirm-without = You have no password, or do not remember it?
confirm-mail = Send me a code by mail
confirm-mail-again = Send another code
confirm-back = Do not continue
confirm-password-wrong = This is not your password. Nothing has been changed.
confirm-code-hint = Six digits. We sent them to your address; they are good for ten minutes.
confirm-code-wrong = This is not the code that we sent last. Please compare it.
confirm-code-over = That code is no longer good: it is too old, or it was tried too often. Have another one sent.
field-code = Code
