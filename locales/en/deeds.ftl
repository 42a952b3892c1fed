# Mails to the other admins.

mail-deed-published = Version { $what } of the policy is in force
mail-deed-provider-added = People can now sign in with { $what }
mail-deed-provider-changed = Signing in with { $what } was changed
mail-deed-provider-removed = People can no longer sign in with { $what }
mail-deed-token-made = A token of the API was made: { $what }
mail-deed-staff-invited = { $what } was invited ({ $role })
mail-deed-staff-made = { $what } has an account now ({ $role })
mail-deed-role-changed = { $what } has another role now: { $role }
mail-deed-staff-removed = { $what } was removed from staff
mail-deed-webhook-added = { $what } is now told of events
mail-deed-webhook-changed = What { $what } is told was changed
mail-deed-webhook-secret = { $what } has a new signing secret
mail-deed-webhook-removed = { $what } is no longer told of events
mail-deed-stripe-connected = Stripe was connected
mail-deed-stripe-secret = The signing secret of Stripe was changed
mail-deed-stripe-secret-ended = The former signing secret of Stripe no longer counts
mail-deed-stripe-removed = Stripe is no longer connected
mail-deed-released = Data that waited for a look was released
mail-deed-child-deleted = Data that was reported to be a child’s is being deleted
mail-deed-applied = The operator has changed the settings of this portal
mail-deed-text = something was changed in this privacy portal:
mail-deed-by = Done by { $who } ({ $role }), { $when }.
mail-deed-by-operator = Done on the server by the operator of this installation, { $when }.
mail-deed-next = If you know about this, all is well. If not, ask whoever did it, by another way than mail. If it was not them, take it back, and have their password changed.
mail-deed-link = Look at it
mail-deed-why = You get this mail because you are an administrator here. It is sent whenever somebody changes who gets in, where data goes, or what is kept and deleted.
