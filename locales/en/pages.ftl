# Public pages, signing in and errors.
centre-title = Privacy centre
centre-headline = Your data at { $name }
centre-intro = Here you can read what we promise, see what we hold about you, and have it corrected, sent to you or deleted.
centre-policy = Read the policy
centre-policy-about = What we hold, why, who receives it and how long it stays.
centre-data = See your data
centre-data-about = What we hold about you, and until when. You sign in first.
centre-request = Make a request
centre-request-about = Ask, correct, object or delete. You need no account.
centre-changed = The policy was last changed on { $date }.
centre-human = A person answers at

cookies-title = Cookies
cookies-intro = These are the cookies of { $site }, those it needs first.
cookies-none = The policy names no cookies.
cookies-portal-title = On these pages
cookies-portal = This portal sets one cookie, when you sign in, and it is gone when you close the browser. It sets none while you read, and asks no other company for anything.

processors-title = Who receives data
processors-intro = These companies work for us or with us. What each of them receives is listed where it is settled.
processors-none = The policy names no company that receives data.

demo-title = Demo portals
demo-intro = Each of these is a portal of its own. The people in them are made up, and everything in them may be changed or deleted.
demo-logins = Accounts to sign in with
demo-person = To see
field-email = Email address
field-password = Password

sign-in-intro = To see what is held about you, please show that it is you.
sign-in-with = Sign in with { $name }
sign-in-without = You have no account, or cannot sign in?
sign-in-without-link = Make a request without one

error-reference = Reference:
error-home = Go to the privacy centre
error-not-found-title = This page does not exist
error-not-found-text = The address may be mistyped, or what was here has been deleted.
error-unknown-host-title = There is nothing at this address
error-unknown-host-text = Please check the address.
error-forbidden-title = You cannot open this page
error-forbidden-text = Your account is not allowed to do this, or the page was open for too long. Nothing has been changed. Please go back, reload the page and try once more.
error-method-title = This address works differently
error-method-text = The page cannot be asked for in this way. Nothing has been changed.
error-unprocessable-title = We could not read that
error-unprocessable-text = What was sent is incomplete or damaged. Nothing has been changed. Please go back and try once more.
error-too-many-title = That was a lot at once
error-too-many-text = To keep out those who guess, we limit how often this can be done. Nothing has been changed. Please try again in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}.
error-internal-title = Something is broken on our side
error-internal-text = It is not your fault, and it is being recorded. If you write to us, please give the reference below.
error-full-title = No room to save anything
error-full-text = What you sent was not saved, and nothing else was changed: the storage of this portal is full. Please try again later.
error-unavailable-title = Closed for a moment
error-unavailable-text = We are busy or being updated. Nothing is lost. Please try again in a minute.
