# The second factor and passkeys.
factor-back = How you sign in
factor-title = Second factor
factor-intro = With a second factor, nobody gets into your account with your password alone.
factor-app = You need an app that makes codes, on your phone or computer. Many password managers do it too. When you sign in, you type the code that the app shows.
factor-begin = Set up
factor-held = Here everybody who works for the company needs a second factor. Until yours is set up, you cannot go on.
factor-passkey = A passkey does without codes: your phone or computer asks for your finger, face or PIN.
factor-passkey-link = Your passkeys
factor-on = Your second factor is on. When you sign in with your password, we also ask for a code of your app.
factor-now-on = Your second factor is on. In all other browsers you are signed out.
factor-required = Here everybody who works for the company needs a second factor, so it cannot be turned off.
factor-set-up-title = Set up your second factor
factor-scan-title = 1. Bring the secret into your app
factor-scan = Let the app scan this picture.
factor-qr = QR code with the secret for your app
factor-open = Or open it in an app on this device
factor-type = Or type the secret into the app:
factor-code-title = 2. Type the code that the app shows
factor-code-hint = Six digits. A new one comes every thirty seconds.
factor-turn-on = Turn on
factor-code-wrong = This is not the code that the app shows now. If it keeps happening, check that the clock of your device is right.
factor-over = This took too long, or it was tried too often. Nothing has been changed. Please begin anew.
factor-move-title = Another phone?
factor-move-text = Set it up there. Until that is done, the old app stays good.
factor-move = Set up on another device
factor-off-title = Turn off
factor-off-text = Then your password alone is enough to sign in.
factor-off = Turn second factor off

recovery-title = Recovery codes
recovery-left = { $count ->
    [0] You have no recovery code left.
    [one] You have one recovery code left.
   *[other] You have { $count } recovery codes left.
}
recovery-text = New ones replace all from before.
recovery-make = Make new recovery codes
recovery-shown-title = Your recovery codes
recovery-shown = Each of them signs you in once when you do not have your app. Print them or write them down, and keep them where you would keep a key. We show them only now.
recovery-save = Save as a file

sign-in-factor-title = Your second factor
sign-in-factor-intro = Your account asks for one more thing.
sign-in-factor-hint = Six digits, as your app shows them now.
sign-in-factor-wrong = This code is not right, or it was used already. Please type the one that your app shows now.
sign-in-factor-over = This took too long, or it was tried too often. Please sign in anew.
sign-in-factor-instead = Use a code of the app
sign-in-recovery-hint = Twelve letters and digits. Each is good once.
sign-in-recovery-instead = Use a recovery code
sign-in-recovery-wrong = This recovery code is not right, or it was used already.
sign-in-again = Begin anew
field-recovery-code = Recovery code

sign-in-with-passkey = Sign in with a passkey
sign-in-passkey-title = Sign in with a passkey
sign-in-passkey-intro = Your phone or computer asks for your finger, face or PIN. You need no password.
sign-in-other-way = Sign in another way

passkeys-title = Your passkeys
passkeys-intro = With a passkey you sign in by finger, face or PIN of your phone or computer. It works only here, so nobody can lure it from you.
passkeys-none = You have none yet.
passkey-add-title = Add a passkey
passkey-add = Add passkey
passkey-use = Use a passkey
passkey-title = Passkey “{ $name }”
field-passkey-name = Name
passkey-name-hint = So that you recognise it, as in “My phone”.
passkey-name-wrong = Give it a name of at most 60 characters.
passkey-change = Change { $name }
passkey-change-short = Change
passkey-used = Added on { $added }, last used on { $used }
passkey-unused = Added on { $added }, not used yet
passkey-rename = Save name
passkey-remove-title = Remove
passkey-remove-text = You can then no longer sign in with it. Delete it on your device as well.
passkey-remove = Remove passkey
passkey-last = This is the only way in which you can sign in, so it stays. Add another way first.
passkey-without = Passkeys need JavaScript, which is off in this browser. All other ways to sign in work without it.
passkey-unable = This browser cannot use passkeys here. All other ways to sign in work in it.
passkey-failed = No passkey was used. Perhaps you cancelled, or it took too long. Try again, or use another way.
passkey-known = This device has a passkey for your account already.
passkey-mismatch = This passkey is not right here. Try another one, or another way. After a new password by mail, sign in with that first.
passkey-over = This took too long, or it was done already. Please try again.
passkey-refused = This passkey cannot be used here. Nothing has been added.

mail-factor-added-subject = Your second factor is on
mail-factor-added-text = a second factor has been set up for your account. From now on we ask for a code of the app when somebody signs in with your password.
mail-factor-removed-subject = Your second factor is off
mail-factor-removed-text = the second factor of your account has been turned off. Your password alone is now enough to sign in.
mail-factor-missed-subject = Somebody knows your password
mail-factor-missed-text = somebody typed your password, and then several codes that were not right. Nobody was signed in. If that was not you, please change your password soon.
mail-codes-missed-subject = Somebody signed in to your account guesses codes
mail-codes-missed-text = somebody who is signed in to your account typed several codes of your second factor that were not right. What they wanted to do was not done. If that was not you, choose a new password: that signs everybody out.
mail-recovery-made-subject = You have new recovery codes
mail-recovery-made-text = new recovery codes have been made for your account. Those from before are worth nothing now.
mail-recovery-used-subject = A recovery code was used
mail-recovery-used-text = one of your recovery codes was used to sign in. It is now used up. You can make new ones on the page about how you sign in.
mail-passkey-added-subject = A passkey was added
mail-passkey-added-text = a passkey has been added to your account. Whoever has it and can unlock it can sign in.
mail-passkey-removed-subject = A passkey was removed
mail-passkey-removed-text = a passkey of your account has been removed. Nobody can sign in with it any more.

# After a reset.
review-title = Is each of these yours?
review-text = You have chosen a new password by a mailed link. Whoever was in your account before may have left themselves another way in. Until you answer, none of these opens it.
review-done = Everybody who was signed in is signed out, and a change of address that had been asked for is taken back.
review-legend = Other ways into your account
review-hint = Tick what is yours. What you do not tick is removed.
review-since = since { $date }
review-passkey = Passkey “{ $name }”
review-provider = Signing in with { $name }
review-factor = Codes from an app, asked for after the password
review-factor-left = { $count ->
    [one] with one recovery code
   *[other] with { $count } recovery codes
}
review-keep = Keep what I ticked, remove the rest
review-all = All of these are mine
