# Die Bearbeitung der Anfragen.
desk-title = Anfragen
desk-open = Offen, das Dringendste zuerst
desk-empty = Keine Anfrage ist offen. Eine neue erscheint hier, sobald sie eingeht, mit dem Tag, an dem sie fällig ist.
desk-late = { $count ->
    [one] { $count } Anfrage ist überfällig
   *[other] { $count } Anfragen sind überfällig
}
desk-read-only = Von hier aus antworten können Sie mit einer späteren Version. Bitte antworten Sie bis dahin per E-Mail.
desk-person = Person
desk-nobody = nicht mehr bekannt
desk-right = Anliegen
desk-received = Eingegangen
desk-due = Fällig
desk-next-mover = Wer am Zug ist
desk-time = Vergangene Zeit
desk-axis = { $from } – { $until }
desk-next = Nächste Seite
desk-first = Zurück zur ersten Seite
desk-closed = Zuletzt abgeschlossen
desk-outcome = Ergebnis
desk-closed-on = Abgeschlossen
desk-moves-person = die Person
desk-moves-portal = das Portal, von selbst
desk-moves-team = Ihr Team
desk-moves-nobody = niemand: abgeschlossen
desk-request = Anfrage { $reference }
desk-back = Zurück zur Liste
desk-state = Stand
desk-regime = Nach
desk-steps = Was geschehen ist
desk-why-law = Das ist der letzte Tag nach dem Gesetz: { $law }.
desk-why-promise = Ihre Erklärung sagt eine Antwort in dieser Frist zu: { $days }. Das ist früher, als das Gesetz verlangt.
desk-state-received = Eingegangen
desk-state-verifying = Es wird geklärt, wer fragt
desk-state-in-progress = In Arbeit
desk-state-waiting-for-person = Wartet auf die Person
desk-state-fulfilled = Erledigt
desk-state-partly-fulfilled = Teilweise erledigt
desk-state-refused = Abgelehnt
desk-state-withdrawn = Zurückgenommen
desk-state-lapsed = Ohne Antwort der Person beendet
