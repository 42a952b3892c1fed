# Das Studio, in dem die Erklärung geschrieben wird.
studio-title = Studio für die Datenschutzerklärung
studio-nav = Studio
studio-policy = Entwurf
studio-check = Prüfen
studio-compare = Vergleichen
studio-publish = Veröffentlichen
studio-saved = Entwurf gespeichert: { $when }
studio-unchanged = Seit Fassung { $number } nichts geändert
studio-nothing-yet = Noch nichts gespeichert
studio-errors = { $count ->
    [0] keine Fehler
    [one] { $count } Fehler
   *[other] { $count } Fehler
}
studio-open-points = { $count ->
    [0] keine offenen Punkte
    [one] { $count } offener Punkt
   *[other] { $count } offene Punkte
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
retention-used = Die Frist läuft ab: { $event }. Im Text schreiben Sie { $placeholder }, wo der Zeitraum stehen soll.
retention-amount = Wie viele
retention-amount-hint = Eine ganze Zahl, zum Beispiel 90. Bei „solange es nötig ist“ bleibt das Feld leer.
retention-amount-wrong = Schreiben Sie eine ganze Zahl ab 1; ein Zeitraum darf höchstens 100 Jahre lang sein.
retention-unit = Wovon
retention-unit-missing = Wählen Sie Tage, Monate, Jahre oder „solange es nötig ist“.
retention-days = Tage
retention-months = Monate
retention-years = Jahre
retention-as-needed = Solange es nötig ist, ohne festen Zeitraum
retention-wording = Wonach, in Worten
retention-wording-hint = Es folgt auf den Zeitraum, zum Beispiel „nach dem Anruf“.
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
