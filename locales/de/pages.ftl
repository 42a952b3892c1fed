# Öffentliche Seiten, Anmeldung und Fehler.
centre-title = Datenschutz
centre-headline = Ihre Daten bei { $name }
centre-intro = Hier lesen Sie, was wir zusagen, sehen, was wir über Sie haben, und können es berichtigen, sich schicken oder löschen lassen.
centre-policy = Erklärung lesen
centre-policy-about = Was wir haben, wofür, wer es erhält und wie lange es bleibt.
centre-data = Eigene Daten ansehen
centre-data-about = Was wir über Sie haben und bis wann. Dazu melden Sie sich an.
centre-request = Anfrage stellen
centre-request-about = Fragen, berichtigen, widersprechen oder löschen. Ein Konto brauchen Sie nicht.
centre-changed = Die Erklärung wurde zuletzt am { $date } geändert.
centre-human = Ein Mensch antwortet unter

cookies-title = Cookies
cookies-intro = Das sind die Cookies von { $site }, die notwendigen zuerst.
cookies-none = Die Datenschutzerklärung nennt keine Cookies.
cookies-portal-title = Auf diesen Seiten
cookies-portal = Dieses Portal setzt ein einziges Cookie, wenn Sie sich anmelden. Es verschwindet, sobald Sie den Browser schließen. Beim Lesen setzt es keines und ruft kein anderes Unternehmen auf.

processors-title = Wer Daten erhält
processors-intro = Diese Unternehmen arbeiten für uns oder mit uns. Was jedes erhält, steht dabei, sobald es feststeht.
processors-none = Die Datenschutzerklärung nennt kein Unternehmen, das Daten erhält.

demo-title = Portale zum Ausprobieren
demo-intro = Jedes davon ist ein eigenes Portal. Die Personen darin sind erfunden, und alles darf geändert oder gelöscht werden.
demo-logins = Konten zum Anmelden
demo-person = Zu sehen
field-email = E-Mail-Adresse
field-password = Passwort

sign-in-intro = Bevor Sie sehen, was wir über Sie haben, zeigen Sie uns bitte, dass Sie es sind.
sign-in-with = Mit { $name } anmelden
sign-in-without = Sie haben kein Konto oder können sich nicht anmelden?
sign-in-without-link = Anfrage ohne Konto stellen

error-reference = Kennung:
error-home = Zur Startseite
error-not-found-title = Diese Seite gibt es nicht
error-not-found-text = Vielleicht ist die Adresse vertippt, oder was hier stand, wurde gelöscht.
error-unknown-host-title = Unter dieser Adresse ist nichts
error-unknown-host-text = Bitte prüfen Sie die Adresse.
error-forbidden-title = Diese Seite können Sie nicht öffnen
error-forbidden-text = Ihr Konto darf das nicht, oder die Seite war zu lange offen. Es wurde nichts geändert. Bitte gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
error-method-title = Diese Adresse funktioniert anders
error-method-text = So lässt sich die Seite nicht aufrufen. Es wurde nichts geändert.
error-unprocessable-title = Das konnten wir nicht lesen
error-unprocessable-text = Was ankam, ist unvollständig oder beschädigt. Es wurde nichts geändert. Bitte gehen Sie zurück und versuchen Sie es noch einmal.
error-too-many-title = Das war viel auf einmal
error-too-many-text = Damit niemand Passwörter durchprobiert, begrenzen wir, wie oft das geht. Es wurde nichts geändert. Bitte versuchen Sie es wieder in { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}.
error-internal-title = Bei uns ist etwas kaputt
error-internal-text = Es liegt nicht an Ihnen und ist aufgezeichnet. Wenn Sie uns schreiben, nennen Sie bitte die Kennung unten.
error-full-title = Kein Platz zum Speichern
error-full-text = Was Sie gesendet haben, wurde nicht gespeichert, und auch sonst wurde nichts geändert: Der Speicher dieses Portals ist voll. Bitte versuchen Sie es später wieder.
error-unavailable-title = Kurz geschlossen
error-unavailable-text = Wir sind ausgelastet oder werden gerade aktualisiert. Es geht nichts verloren. Bitte versuchen Sie es in einer Minute wieder.
