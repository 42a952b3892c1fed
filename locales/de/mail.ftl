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
