# Das Studio, in dem die Erklärung geschrieben wird.
studio-title = Studio für die Datenschutzerklärung
studio-nav = Studio
studio-policy = Entwurf
studio-check = Prüfen
studio-compare = Vergleichen
studio-publish = Veröffentlichen
studio-saved = Entwurf gespeichert { $when }, nicht veröffentlicht.
studio-unchanged = Der Entwurf sagt dasselbe wie Fassung { $number }.
studio-nothing-yet = Noch nichts gespeichert
studio-errors = { $count ->
    [0] keine Fehler
    [one] { $count } Fehler
   *[other] { $count } Fehler
}
studio-open-points = { $count ->
    [0] keine offenen Punkte
    [one] { $count } offener Punkt: von Ihnen noch nicht zugesagt, also nicht gedruckt
   *[other] { $count } offene Punkte: von Ihnen noch nicht zugesagt, also nicht gedruckt
}
studio-version = Arbeitskopie von Fassung { $number }
studio-no-sections = Ihre Erklärung hat noch keinen Text. Jeder Abschnitt, den Sie hinzufügen, erscheint hier in der Reihenfolge der Seite.
studio-add-section = Abschnitt hinzufügen
studio-add-processor = Empfänger hinzufügen
studio-edit = Bearbeiten
studio-change = Ändern
studio-facts = Angaben
studio-facts-about = Danach handelt das Portal. Der Text kann die Angaben nennen, damit keine Zahl zweimal geschrieben wird. Was hier keinen Link hat, ändern Sie in der Datei der Erklärung.
studio-facts-about-reading = Danach handelt das Portal, und der Text nennt die Angaben, damit keine Zahl zweimal geschrieben wird.
studio-part-edit = Sie schreiben diese Erklärung. Ist sie fertig, bitten Sie jemanden, der veröffentlicht, sie anzusehen.
studio-part-publish = Sie lesen und veröffentlichen diese Erklärung. Soll etwas anders lauten, bitten Sie jemanden, der sie bearbeitet.
studio-part-read = Sie lesen hier alles und ändern nichts.
studio-back = Zurück zum Entwurf
studio-save = Entwurf speichern
studio-keep = Behalten
studio-first-title = Datenschutzerklärung
studio-stale-title = Inzwischen hat jemand anders gespeichert
studio-stale-text = Von Ihnen wurde nichts gespeichert. Was Sie geschrieben haben, steht noch unten. Sehen Sie sich den jetzigen Stand an und übernehmen Sie, was Sie brauchen. Wenn Sie noch einmal speichern, ersetzt Ihre Fassung die andere auf dieser Seite.
studio-stale-look = Jetzigen Stand in neuem Tab öffnen
studio-stated-legend = Stehen Sie dafür ein?
studio-stated-hint = Öffentlich zugesagt wird nur, was Sie bestätigen. Alles andere bleibt ein offener Punkt.
studio-stated = Wir sagen das zu
studio-stated-all = Wir bestätigen alles auf dieser Seite
studio-not-known = Wissen wir noch nicht
studio-not-known-about = Fragen Sie Ihre Rechtsberatung; bis dahin steht es nicht in der Erklärung.

section-new = Neuer Abschnitt
section-title = Überschrift
section-title-missing = Schreiben Sie eine Überschrift.
section-body = Text
section-body-hint = Sie können Markdown verwenden: **fett**, Listen mit „-“, [Links](https://…). Eine leere Zeile beginnt einen neuen Absatz.
section-body-translated = Die Übersetzung des Textes mit denselben Platzhaltern. Wenn Sie beide Felder leeren, wird die Übersetzung entfernt und das Original gezeigt.
section-body-long = Dieser Text ist zu lang. Teilen Sie ihn auf zwei Abschnitte auf.
section-languages = Sprachen dieses Abschnitts
section-untranslated = (nicht übersetzt)
section-original = Das Original
section-preview = Vorschau zeigen
section-preview-label = Vorschau: nicht gespeichert
section-preview-updated = Die Vorschau zeigt, was Sie geschrieben haben.
section-preview-failed = Die Vorschau ließ sich nicht erstellen. Was Sie geschrieben haben, ist noch da.
section-help = Angaben, die der Text nennen kann
section-help-values = In einem Satz stehen diese Platzhalter für einen einzelnen Wert. Ändert sich die Angabe, ändert sich auch der Satz.
section-help-lists = Allein in einem Absatz stehen diese für eine Liste von Angaben.
section-remove = Diesen Abschnitt entfernen
remove-section-title = „{ $name }“ entfernen?
remove-section-about = Der Abschnitt und seine Übersetzungen verschwinden aus dem Entwurf. Was veröffentlicht ist, bleibt, bis Sie den Entwurf veröffentlichen.

retention-title = Wie lange aufbewahren: { $what }
retention-used = Die Frist läuft ab: { $event }; Leser sehen den Zeitraum mit „{ $after }“. Im Text schreiben Sie { $placeholder }, wo der Zeitraum stehen soll.
retention-amount = Wie viele
retention-amount-hint = Eine ganze Zahl, zum Beispiel 90. Bei „solange es nötig ist“ bleibt das Feld leer.
retention-amount-wrong = Schreiben Sie eine ganze Zahl ab 1; ein Zeitraum darf höchstens 100 Jahre lang sein.
retention-unit = Wovon
retention-unit-missing = Wählen Sie Tage, Monate, Jahre oder „solange es nötig ist“.
retention-days = Tage
retention-months = Monate
retention-years = Jahre
retention-as-needed = Solange es nötig ist, ohne festen Zeitraum
retention-wording = Ohne festen Zeitraum: bis wann, in Worten
retention-wording-hint = Zum Beispiel „solange Ihr Konto besteht“. Bei einem Zeitraum kommen die Worte vom Ereignis; dann bleibt das Feld leer.
retention-wording-in = Dieselben Worte ({ $language })

processor-new = Neuer Empfänger
processor-name = Name des Unternehmens
processor-name-hint = So, wie man es kennt, zum Beispiel „Stripe“.
processor-name-missing = Schreiben Sie den Namen des Unternehmens.
processor-does = Was es für Sie tut
processor-does-hint = In wenigen Worten, zum Beispiel „Zahlungen“.
processor-does-missing = Schreiben Sie, was es für Sie tut.
processor-categories = Was es erhält
processor-categories-hint = Wählen Sie alle Arten von Daten, die dort ankommen. Werden Daten gelöscht, weiß das Portal, wem es das sagen muss.
processor-country = Land
processor-country-hint = Wo es die Daten verarbeitet.
processor-safeguard = Was die Daten dort schützt
processor-safeguard-hint = Das steht in Ihrem Vertrag mit dem Unternehmen, oft unter „internationale Übermittlungen“.
processor-policy-url = Adresse seiner eigenen Datenschutzerklärung
processor-policy-url-hint = Sie beginnt mit https://
processor-policy-url-wrong = Schreiben Sie eine Adresse, die mit https:// beginnt.
processor-remove = Diesen Empfänger entfernen
remove-processor-title = { $name } entfernen?
remove-processor-about = Das Unternehmen verschwindet aus der Liste der Empfänger im Entwurf. Nennt der Text es noch, sagt Ihnen das die Prüfung. Was veröffentlicht ist, bleibt, bis Sie den Entwurf veröffentlichen.

contacts-title = Wer verantwortlich ist
contacts-name = Name des Unternehmens
contacts-name-missing = Schreiben Sie den Namen des Unternehmens.
contacts-legal-name = Eingetragener Name
contacts-legal-name-hint = Falls er abweicht: so, wie er im Handelsregister steht.
contacts-address = Postanschrift
contacts-about = An diese Adressen schreiben die Leute. Leeren Sie beide Felder eines Kontakts, um ihn zu entfernen.
contacts-first = Erster Kontakt, für den Datenschutz
contacts-row = Kontakt { $number }
contacts-label = Wofür er da ist
contacts-label-missing = Schreiben Sie, wofür diese Adresse da ist.
contacts-email = E-Mail-Adresse
contacts-email-wrong = Schreiben Sie eine Adresse wie datenschutz@example.com.
contacts-none = Geben Sie mindestens eine Adresse an, damit man Sie erreicht.

check-title = Was die Prüfung gefunden hat
check-nothing = Nichts ist falsch, und nichts ist offen.
check-errors = { $count ->
    [one] { $count } Fehler
   *[other] { $count } Fehler
}
check-errors-about = Diese Fehler müssen Sie beheben, bevor Sie veröffentlichen können.
check-open-points = { $count ->
    [one] { $count } offener Punkt
   *[other] { $count } offene Punkte
}
check-open-points-about = Jemand muss etwas herausfinden oder entscheiden. Veröffentlichen können Sie trotzdem: Was offen ist, wird nicht zugesagt.
check-warnings = { $count ->
    [one] { $count } Vorschlag
   *[other] { $count } Vorschläge
}
check-warnings-about = So läse sich der Text besser.

draft-compare-title = Was der Entwurf ändert
draft-compare-between = Von Fassung { $number }, die jetzt gilt, zu diesem Entwurf
draft-compare-first = Noch ist nichts veröffentlicht, also gibt es nichts zu vergleichen. Der Entwurf wird die erste Fassung.

publish-title = Fassung { $number } veröffentlichen
publish-button = Fassung { $number } veröffentlichen
publish-not-yet = Weiter daran arbeiten
publish-edit = Zum Entwurf
publish-nothing = Es gibt nichts zu veröffentlichen: Kein Entwurf sagt etwas anderes als die Fassung, die gilt.
publish-first = Das ist die erste Fassung. Sobald sie veröffentlicht ist, kann sie jeder lesen.
publish-sections = { $count ->
    [0] Kein Abschnitt ändert seinen Text.
    [one] In { $count } Abschnitt ändert sich der Text.
   *[other] In { $count } Abschnitten ändert sich der Text.
}
publish-compare = Änderungen Wort für Wort lesen
publish-open-points = { $count ->
    [one] { $count } Punkt ist noch offen. Er wird nicht zugesagt.
   *[other] { $count } Punkte sind noch offen. Sie werden nicht zugesagt.
}
publish-open-points-look = Offene Punkte ansehen
publish-at-once = Die neue Fassung gilt sofort: Die Seite, die Fristen und die Antworten richten sich danach. Die vorige Fassung bleibt lesbar.
publish-errors = { $count ->
    [one] { $count } Fehler steht im Weg
   *[other] { $count } Fehler stehen im Weg
}
publish-refused = Es wurde nichts veröffentlicht
publish-refused-no-draft = Es gibt keinen Entwurf mehr. Vielleicht hat ihn eben jemand anders veröffentlicht.
publish-refused-stale = Jemand anders hat den Entwurf gespeichert, seit Sie ihn gelesen haben. Unten sehen Sie den jetzigen Stand. Lesen Sie ihn noch einmal und veröffentlichen Sie dann.
publish-refused-unchanged = Der Entwurf sagt dasselbe wie die Fassung, die gilt.
publish-refused-errors = Der Entwurf hat Fehler. Sie stehen unten, jeder mit dem Weg, ihn zu beheben.

studio-today = Heute
studio-versions = Fassungen
studio-discard = Entwurf verwerfen
studio-live = Was Sie auf dieser Seite ändern, gilt sofort.
studio-customers-read = Kunden lesen Fassung { $number }.
studio-customers-read-none = Kunden lesen noch nichts.

today-title = Was heute auf Sie wartet
today-nothing = Heute wartet nichts auf Sie.
today-reports = { $count ->
    [one] Eine Meldung, dass Daten von einem Kind sind, wartet im Helpdesk
   *[other] { $count } Meldungen, dass Daten von einem Kind sind, warten im Helpdesk
}
today-overdue = { $count ->
    [one] { $count } Anfrage ist überfällig
   *[other] { $count } Anfragen sind überfällig
}
today-due-soon = { $count ->
    [one] { $count } Anfrage ist innerhalb einer Woche fällig
   *[other] { $count } Anfragen sind innerhalb einer Woche fällig
}
today-draft = Ein Entwurf wartet auf seine Veröffentlichung: Bis dahin lesen Kunden die Fassung davor
today-draft-errors = { $count ->
    [one] Ein Entwurf wartet, und { $count } Fehler steht seiner Veröffentlichung im Weg
   *[other] Ein Entwurf wartet, und { $count } Fehler stehen seiner Veröffentlichung im Weg
}
today-open-points = { $count ->
    [one] { $count } offener Punkt in der Erklärung: etwas, das noch niemand zugesagt hat und das deshalb nicht gedruckt wird
   *[other] { $count } offene Punkte in der Erklärung: Dinge, die noch niemand zugesagt hat und die deshalb nicht gedruckt werden
}
today-webhooks = { $count ->
    [one] { $count } Ihrer Systeme nimmt seine Nachrichten nicht an
   *[other] { $count } Ihrer Systeme nehmen ihre Nachrichten nicht an
}
today-tokens = { $count ->
    [one] { $count } Token ist abgelaufen oder läuft innerhalb von zwei Wochen ab
   *[other] { $count } Token sind abgelaufen oder laufen innerhalb von zwei Wochen ab
}

discard-title = Entwurf verwerfen?
discard-about = Alles, was seit Fassung { $number } geändert wurde, geht verloren, auch was andere geschrieben haben. Fassung { $number } bleibt in Kraft.
discard-about-first = Alles Geschriebene geht verloren, auch was andere geschrieben haben.

versions-title = Fassungen
versions-about = Was Kunden lesen und seit wann. Eine Fassung ändert sich nie; Sie können eine als Entwurf wieder aufnehmen.
versions-none = Noch ist nichts veröffentlicht. Hier erscheint jede Fassung, die Sie veröffentlichen.
versions-in-force = in Kraft
versions-restore = Als Entwurf wieder aufnehmen
versions-restore-named = Fassung { $number } als Entwurf wieder aufnehmen
restore-title = Fassung { $number } wieder aufnehmen?
restore-about = Sie wird zum Entwurf. Für Kunden ändert sich nichts, bis Sie sie unter einer neuen Nummer veröffentlichen.
restore-about-draft = Sie wird zum Entwurf, anstelle dessen, an dem gerade geschrieben wird: Was darin steht, geht verloren. Für Kunden ändert sich nichts, bis Sie sie unter einer neuen Nummer veröffentlichen.

publish-means = Was Kunden als Änderung für sie gesagt wird
publish-behind = Seit dieser Entwurf zuletzt gespeichert wurde, ist eine andere Fassung in Kraft getreten. Der Entwurf kennt sie nicht: Eine Veröffentlichung nimmt zurück, was jene Fassung geändert hat.
published-title = Fassung { $number } ist in Kraft
published-about = Kunden lesen sie von jetzt an, und die Fristen und Antworten richten sich nach ihr. Sie sind weiterhin im Studio.
published-read = Lesen, wie Kunden sie lesen
published-today = Was heute auf Sie wartet

retention-amount-as-needed = Sie haben eine Zahl und „solange es nötig ist“ angegeben. Wählen Sie eines: einen Zeitraum oder keine Zahl.
retention-wording-time = Schreiben Sie das ohne Zahl. Eine Zeit gehört in die Felder oben, damit das Portal sie einhält.
