# E-Mails. Der Code der Quittung steht in keiner: Er wird einmal gezeigt, auf der Seite.
mail-erasure-begun-subject = Ihre Daten bei { $company } werden gelöscht ({ $reference })
mail-erasure-begun-text =
    Guten Tag,

    Sie haben { $company } gebeten, Ihre Daten zu löschen. Wir verwenden sie nicht mehr und haben mit dem Löschen begonnen.

    Ihr Zeichen ist { $reference }. Wir schreiben Ihnen noch einmal, wenn es erledigt ist.

    Wenn das nicht von Ihnen kam, sagen Sie es uns bitte sofort: { $contact }

    { $company }
mail-erasure-done-subject = Ihre Daten bei { $company } sind gelöscht ({ $reference })
mail-erasure-done-text =
    Guten Tag,

    was { $company } auf Ihren Wunsch löschen sollte, ist gelöscht, und die Schlüssel, mit denen sich Kopien davon hätten öffnen lassen, sind hier vernichtet. Falls wir etwas von Gesetzes wegen aufbewahren müssen, nennt die Quittung es, mit dem Grund und dem Datum, bis zu dem es bleibt.

    Ihr Zeichen ist { $reference }. Wenn Sie eine Frage haben, antwortet Ihnen ein Mensch unter { $contact }

    Das ist die letzte E-Mail zu dieser Anfrage. Ihre Adresse löschen wir mit ihr.

    { $company }
