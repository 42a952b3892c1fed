# E-Mails. Der Code der Quittung steht in keiner: Er wird einmal gezeigt, auf der Seite.
mail-greeting = Guten Tag,
mail-contact = Wenn Sie eine Frage haben, antwortet Ihnen ein Mensch unter { $contact }

mail-erasure-begun-subject = Ihre Daten bei { $company } werden gelöscht ({ $reference })
mail-erasure-begun-text = Sie haben { $company } gebeten, Ihre Daten zu löschen. Wir verwenden sie nicht mehr und haben mit dem Löschen begonnen.
mail-erasure-begun-reference = Ihr Zeichen ist { $reference }. Wir schreiben Ihnen noch einmal, wenn es erledigt ist.
mail-erasure-begun-why = Sie erhalten diese E-Mail, weil jemand, der in Ihrem Konto angemeldet war, darum gebeten hat. Wenn Sie das nicht waren, sagen Sie es uns bitte sofort.

mail-erasure-done-subject = Ihre Daten bei { $company } sind gelöscht ({ $reference })
mail-erasure-done-text = was { $company } auf Ihren Wunsch löschen sollte, ist gelöscht, und die Schlüssel, mit denen sich Kopien davon hätten öffnen lassen, sind hier vernichtet. Falls wir etwas von Gesetzes wegen aufbewahren müssen, nennt die Quittung es, mit dem Grund und dem Datum, bis zu dem es bleibt.
mail-erasure-done-reference = Ihr Zeichen ist { $reference }.
mail-erasure-done-why = Sie erhalten diese E-Mail, weil Sie uns gebeten haben, Ihre Daten zu löschen. Es ist die letzte zu dieser Anfrage; Ihre Adresse löschen wir mit ihr.

mail-code-subject = Ihr Code
mail-code-text = hier ist der Code, um den Sie gebeten haben. Er gilt zehn Minuten, für eine Sache, in dem Browser, in dem Sie darum gebeten haben.
mail-code-why = Sie erhalten diese E-Mail, weil jemand, der in Ihrem Konto angemeldet ist, um einen Code gebeten hat. Wenn Sie das nicht waren, ändern Sie bitte Ihr Passwort. Wir fragen nie per E-Mail oder am Telefon nach diesem Code.

mail-reset-subject = Neues Passwort wählen
mail-reset-text = mit diesem Link wählen Sie ein neues Passwort. Er gilt eine Stunde und einmal. Bis dahin ändert sich nichts.
mail-reset-link = Neues Passwort wählen
mail-reset-why = Sie erhalten diese E-Mail, weil jemand Ihre Adresse eingegeben hat, um in ein Konto zu kommen. Wenn Sie das nicht waren, müssen Sie nichts tun.
mail-sign-up-subject = Ihr Konto
mail-sign-up-text = mit diesem Link wählen Sie ein Passwort und können dann sehen, was über Sie gespeichert ist. Er gilt einen Tag und einmal.
mail-sign-up-link = Konto einrichten
mail-sign-up-why = Sie erhalten diese E-Mail, weil jemand Ihre Adresse eingegeben hat, um ein Konto einzurichten. Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne den Link gibt es kein Konto.
mail-unknown-subject = Kein Konto mit dieser Adresse
mail-unknown-text = jemand hat mit dieser Adresse um einen Link zum Anmelden gebeten. Hier gibt es kein Konto mit ihr, und es lässt sich auch keines einrichten.
mail-unknown-next = Vielleicht kennen wir Sie unter einer anderen Adresse. Eine Anfrage können Sie auch ohne Konto stellen.
mail-unknown-link = Anfrage stellen
mail-link-why = Sie erhalten diese E-Mail, weil jemand Ihre Adresse eingegeben hat. Wenn Sie das nicht waren, müssen Sie nichts tun.
mail-address-subject = Ihre neue Adresse
mail-address-text = mit diesem Link melden Sie sich ab jetzt mit dieser Adresse an. Er gilt einen Tag und einmal.
mail-address-link = Diese Adresse verwenden
mail-address-why = Sie erhalten diese E-Mail, weil jemand, der hier in einem Konto angemeldet ist, Ihre Adresse verwenden möchte. Wenn Sie das nicht waren, müssen Sie nichts tun.
mail-invitation-subject = Sie sind eingeladen
mail-invitation-text = Sie sind eingeladen, an unseren Datenschutzseiten mitzuarbeiten. Mit diesem Link wählen Sie ein Passwort. Er gilt eine Woche und einmal.
mail-invitation-link = Passwort wählen
mail-invitation-why = Sie erhalten diese E-Mail, weil jemand aus der Verwaltung Ihre Adresse eingegeben hat. Wenn Sie sie nicht erwartet haben, müssen Sie nichts tun.
mail-password-changed-subject = Ihr Passwort wurde geändert
mail-password-changed-text = das Passwort Ihres Kontos wurde gerade geändert, und andere Browser wurden abgemeldet.
mail-password-reset-subject = Sie haben ein neues Passwort
mail-password-reset-text = für Ihr Konto wurde über einen Link, den wir Ihnen gesendet hatten, ein neues Passwort gewählt. Wer angemeldet war, ist abgemeldet. Passkeys, Anbieter und Ähnliches öffnen Ihr Konto erst wieder, wenn Sie sich angemeldet und uns gesagt haben, welche davon Ihre sind.
mail-address-asked-subject = Eine neue Adresse für Ihr Konto
mail-address-asked-text = jemand, der in Ihrem Konto angemeldet ist, möchte sich ab jetzt mit einer anderen Adresse anmelden. Noch ist nichts geändert.
mail-address-changed-subject = Die Adresse Ihres Kontos wurde geändert
mail-address-changed-text = ab jetzt meldet man sich in Ihrem Konto hier mit einer anderen Adresse an. Sie erhalten diese Nachricht an der alten und an der neuen.
mail-notice-next = Wenn Sie das waren, ist alles gut. Wenn nicht, wählen Sie jetzt ein neues Passwort und sagen Sie es uns.
mail-notice-when = Das geschah am { $when }.
mail-notice-link = Neues Passwort wählen
mail-notice-why = Sie erhalten diese E-Mail, weil sich geändert hat, wie Sie sich anmelden. Sie kommt jedes Mal, damit es niemand ohne Sie ändert.
