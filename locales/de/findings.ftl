# Was die Prüfung einer Erklärung findet. Ein Vorschlag ist „none“, wo es keinen gibt.
severity-error = Fehler
severity-open-point = Offen
severity-warning = Vorschlag

finding-whole = der ganze Eintrag
finding-kind-category = keine solche Art von Daten
finding-kind-purpose = keinen solchen Zweck
finding-kind-source = keine solche Quelle
finding-kind-processor = keinen solchen Empfänger

finding-placeholder-unknown = { $suggestion ->
    [none] „{"{{"}{ $placeholder }{"}}"}“ benennt nichts. Wählen Sie einen Namen aus der Liste unter dem Text.
   *[other] „{"{{"}{ $placeholder }{"}}"}“ benennt nichts. Meinten Sie „{ $suggestion }“?
}
finding-placeholder-empty = „{"{{"}{ $placeholder }{"}}"}“ hat noch keinen Wert. Ergänzen Sie die Angabe oder schreiben Sie den Satz ohne sie.
finding-list-in-sentence = „{"{{"}{ $placeholder }{"}}"}“ steht für eine ganze Liste. Setzen Sie es allein in einen Absatz.
finding-duplicate-name = Den Namen „{ $name }“ gibt es zweimal. Geben Sie einem davon einen anderen.
finding-unknown-reference = { $suggestion ->
    [none] Genannt wird „{ $name }“, aber es gibt { $kind }.
   *[other] Genannt wird „{ $name }“, aber es gibt { $kind }. Meinten Sie „{ $suggestion }“?
}
finding-two-rules = Zwei Regeln, „{ $rule }“ und „{ $other }“, sagen, wie lange dies aufbewahrt wird: { $category }. Lassen Sie es in einer stehen.
finding-slower-than-law = Sie sagen eine Antwort in { $days ->
    [one] { $days } Tag
   *[other] { $days } Tagen
} zu, das Gesetz erlaubt aber höchstens { $limit }.
finding-no-contact = Es gibt keine Adresse, an die man schreiben kann. Fügen Sie mindestens einen Kontakt hinzu.
finding-title-empty = Die Überschrift ist leer. Schreiben Sie eine.
finding-section-too-long = Der Text ist zu lang: { $bytes } Bytes, höchstens { $limit }. Teilen Sie ihn auf zwei Abschnitte auf.
finding-table-too-large = Die Tabellen haben mehr als { $limit } Felder und würden so gezeigt, wie sie getippt sind. Teilen Sie sie auf mehrere Abschnitte auf.
finding-nested-too-deep = Listen und Zitate stehen mehr als { $limit }-mal ineinander. Setzen Sie sie nebeneinander.
finding-too-much = { $of ->
    [sections] Die Erklärung hat { $found } Abschnitte, höchstens { $limit } sind möglich. Fassen Sie einige zusammen.
    [facts] Die Erklärung hat { $found } Angaben, höchstens { $limit } sind möglich.
    [lists] Listen von Angaben stehen { $found }-mal im Text, höchstens { $limit }-mal ist möglich. Lassen Sie jede einmal stehen.
    [values] Werte von Angaben stehen { $found }-mal im Text, höchstens { $limit }-mal ist möglich. Lassen Sie einige weg.
   *[page] Die Seite würde zu groß: { $found } Bytes, höchstens { $limit }. Lassen Sie Listen von Angaben einmal stehen und kürzen Sie den Text.
}
finding-field-too-long = Das ist zu lang: { $bytes } Bytes, höchstens { $limit }. Kürzen Sie es.
finding-circular-rule = Dasselbe Ereignis, „{ $event }“, beginnt und beendet die Frist; sie liefe nie ab.
finding-translated-section-unknown = Übersetzt wird der Abschnitt „{ $section }“, den die Erklärung nicht hat.
finding-translated-label-unknown = { $suggestion ->
    [none] Übersetzt wird „{ $path }“, das die Erklärung nicht hat.
   *[other] Übersetzt wird „{ $path }“, das die Erklärung nicht hat. Meinten Sie „{ $suggestion }“?
}
finding-assumed-field-unknown = Als Annahme markiert ist etwas, das es nicht gibt: { $field }.
finding-not-https = Die Adresse „{ $url }“ muss mit https:// beginnen.
finding-field-assumed = Das ist nur angenommen: { $field }. Bestätigen oder berichtigen Sie es.
finding-prose-assumed = Der Text nennt „{"{{"}{ $placeholder }{"}}"}“, das nur angenommen ist. Bestätigen Sie die Angabe oder lassen Sie sie im Text weg.
finding-no-retention = Nirgends steht, wie lange dies aufbewahrt wird. Öffentlich heißt es „solange es nötig ist“.
finding-no-period = Es ist kein Zeitraum angegeben. Bis dahin wird nichts von selbst gelöscht.
finding-no-country = Es ist nicht angegeben, in welchem Land dieses Unternehmen die Daten verarbeitet.
finding-no-legal-basis = Es ist nicht angegeben, warum diese Verwendung erlaubt ist.
finding-no-interest = Sie berufen sich auf ein berechtigtes Interesse, aber es steht nicht da, auf welches.
finding-long-sentence = Ein Satz mit { $words } Wörtern ist schwer zu lesen: „{ $start }…“. Machen Sie zwei daraus.
finding-all-caps = Großbuchstaben sind schwer zu lesen: „{ $text }“.
finding-section-empty = Dieser Abschnitt hat keinen Text.
finding-section-untranslated = „{ $section }“ ist noch nicht übersetzt. Gezeigt wird das Original.
finding-list-empty = „{"{{"}{ $placeholder }{"}}"}“ steht für eine Liste, die noch keine Einträge hat.
finding-policy-empty = Die Erklärung hat keinen Text. Schreiben Sie mindestens einen Abschnitt.
finding-placeholder-broken = „{ $text }“ würde so gedruckt, wie es dasteht, mit den Klammern. Ein Platzhalter ist ein Name zwischen je zwei geschweiften Klammern, im Text eines Abschnitts.
finding-wording-period = „{ $wording }“ nennt eine Zeit, es ist aber keine festgelegt, also würde danach nichts gelöscht. Tragen Sie sie als Zeitraum ein.
finding-list-missing = „{"{{"}{ $placeholder }{"}}"}“ steht nirgends im Text, also sehen Leser diese Liste nicht. Setzen Sie es allein in einen Absatz.
finding-label-untranslated = „{ $path }“ ist noch nicht übersetzt. Gezeigt wird das Original.

place-document = Die Erklärung als Ganzes
place-section = Abschnitt „{ $title }“
place-translation = { $title ->
    [none] Übersetzung ({ $language })
   *[other] Abschnitt „{ $title }“ ({ $language })
}
place-fact = { $kind }: { $label }

# Felder, die Vergleiche nicht benennen.
studio-field-of-period = wie lange es aufbewahrt wird
studio-field-of-days = wie schnell Sie antworten
studio-field-of-representatives = die Vertretungen
studio-field-of-data-protection-officer = die datenschutzbeauftragte Person
studio-field-of-authority = die Aufsichtsbehörde
