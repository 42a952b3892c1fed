# Mails an alle anderen, die das Portal verwalten.

mail-deed-published = Version { $what } der Richtlinie gilt
mail-deed-provider-added = Man kann sich jetzt mit { $what } anmelden
mail-deed-provider-changed = Die Anmeldung mit { $what } wurde geändert
mail-deed-provider-removed = Man kann sich nicht mehr mit { $what } anmelden
mail-deed-token-made = Ein API-Token wurde erstellt: { $what }
mail-deed-staff-invited = { $what } wurde eingeladen ({ $role })
mail-deed-staff-made = { $what } hat jetzt ein Konto ({ $role })
mail-deed-role-changed = { $what } hat jetzt eine andere Rolle: { $role }
mail-deed-staff-removed = { $what } gehört nicht mehr zum Team
mail-deed-webhook-added = { $what } erfährt jetzt von Ereignissen
mail-deed-webhook-changed = Was { $what } erfährt, wurde geändert
mail-deed-webhook-secret = { $what } hat ein neues Signaturgeheimnis
mail-deed-webhook-removed = { $what } erfährt nicht mehr von Ereignissen
mail-deed-stripe-connected = Stripe wurde verbunden
mail-deed-stripe-secret = Das Signaturgeheimnis von Stripe wurde geändert
mail-deed-stripe-secret-ended = Das frühere Signaturgeheimnis von Stripe gilt nicht mehr
mail-deed-stripe-removed = Stripe ist nicht mehr verbunden
mail-deed-released = Daten, die auf eine Prüfung warteten, wurden freigegeben
mail-deed-child-deleted = Daten, die als die eines Kindes gemeldet wurden, werden gelöscht
mail-deed-applied = Der Betreiber hat die Einstellungen dieses Portals geändert
mail-deed-text = in diesem Datenschutzportal wurde etwas geändert:
mail-deed-by = Getan von { $who } ({ $role }), { $when }.
mail-deed-by-operator = Getan auf dem Server vom Betreiber dieser Installation, { $when }.
mail-deed-next = Wenn Sie davon wissen, ist alles gut. Wenn nicht, fragen Sie nach, auf einem anderen Weg als per E-Mail. War es jemand anderes, machen Sie es rückgängig und lassen Sie das Passwort ändern.
mail-deed-link = Ansehen
mail-deed-why = Sie erhalten diese E-Mail, weil Sie dieses Portal verwalten. Sie kommt immer, wenn jemand ändert, wer hineinkommt, wohin Daten gehen oder was aufbewahrt und gelöscht wird.
