# Ihre Daten, und dasselbe als Auskunft zum Drucken.
account-title = Ihre Daten
account-intro = Öffnen Sie eine Art von Daten, um alles davon zu sehen: wofür sie verwendet wird, wer sie erhält und wie lange sie bleibt.
account-answer = Alles auf einer Seite zum Drucken lesen
account-nothing-yet = Hier ist nichts über Sie gespeichert. Sobald es etwas gibt, finden Sie es auf dieser Seite.
account-holds = { $company } hat { $count ->
    [one] einen Eintrag
   *[other] { $count } Einträge
} über Sie gespeichert, in { $kinds ->
    [one] einer Kategorie
   *[other] { $kinds } Kategorien
}.
account-holds-nothing = { $company } hat nichts über Sie gespeichert.
account-due = { $count ->
    [one] Bei einem davon läuft die Frist in diesem Jahr ab.
   *[other] Bei { $count } davon läuft die Frist in diesem Jahr ab.
}
account-count = { $count ->
    [0] nichts
    [one] { $count } Eintrag
   *[other] { $count } Einträge
}
account-on-behalf = für Ihre Organisation
account-undeclared = Die Datenschutzerklärung nennt diese Art von Daten noch nicht. Gespeichert ist sie trotzdem, deshalb sehen Sie sie hier.
account-do = Was Sie tun können
account-more = Mehr über Ihre Daten
account-download = Meine Daten herunterladen
account-correct = Etwas berichtigen
account-limit = Verwendung einschränken
account-delete = Meine Daten löschen

held-records = Die Daten selbst
held-items = Was es ist
held-purposes = Verwendet
held-sources = Stammt von
held-recipients = Wer es erhält
held-kept = Bleibt
held-from = von: { $source }
held-nothing = Von dieser Art ist nichts über Sie gespeichert.
held-not-linked = Diese Daten gibt es nur als Summen. Sie lassen sich keiner Person zuordnen, auch Ihnen nicht. Deshalb ist hier nichts aufgelistet.
held-on-behalf-of = { $company } speichert diese Daten im Auftrag von { $organisation } und entscheidet nicht selbst darüber. Deshalb werden sie hier nicht geöffnet: Auskunft gibt { $organisation } selbst.
held-on-behalf = { $company } speichert diese Daten im Auftrag der Organisationen, die ihre Kunden sind. Diese entscheiden darüber und geben darüber Auskunft. Bitte wenden Sie sich an Ihre Organisation.
held-shared = { $count ->
    [one] Ein Eintrag betrifft
   *[other] { $count } Einträge betreffen
} auch andere Personen. Bevor Sie { $count ->
    [one] ihn
   *[other] sie
} erhalten, sieht ein Mensch nach, damit niemandes Daten verraten werden.
held-more = Ältere Einträge zeigen
held-no-more = Ältere Einträge gibt es nicht.
held-stripe = Eine Referenz ist der Name, unter dem Stripe, das die Zahlungen abwickelt, einen Kauf oder einen Kunden führt. Sie enthält keine Kartendaten, und hier sind keine Kartendaten gespeichert.
held-module-done = abgeschlossen
held-module-open = noch offen
held-by-law = danach, solange es vorgeschrieben ist ({ $ground })
held-by-law-for = { $period }, weil es vorgeschrieben ist ({ $ground })
held-until-by-law = vorgeschrieben: { $ground }

answer-title = Was über Sie gespeichert ist
answer-for = Für { $person }, Stand { $date }
answer-records = Von jeder Art stehen hier die neuesten 50 Einträge. Im Download sind alle.
answer-more = Es gibt ältere Einträge. Im Download sind alle.
answer-complaint-to = Sie können sich jederzeit bei der Aufsichtsbehörde beschweren:
answer-complaint = Sie können sich jederzeit bei einer Datenschutzbehörde beschweren, zum Beispiel dort, wo Sie wohnen oder arbeiten.

# Felder von Einträgen.
data-name = Name
data-email = E-Mail-Adresse
data-phone = Telefon
data-company = Firma
data-job-title = Position
data-address = Adresse
data-vat-id = Umsatzsteuernummer
data-customer = Stripe-Kunde
data-payment-intent = Stripe-Zahlung
data-subscription = Stripe-Abonnement
data-invoice = Stripe-Rechnung
data-amount = Betrag
data-for = Für
data-state = Stand
data-plan = Tarif
data-since = Seit
data-date = Datum
data-course = Kurs
data-modules = Module
data-title = Titel
data-done = Abgeschlossen
data-on = Am
data-direction = Richtung
data-subject = Betreff
data-text = Text
data-channel = Gesendet über
data-feature = Funktion
data-calls = API-Aufrufe
data-sessions = Sitzungen
data-browser = Browser
data-device = Gerät
data-ip = IP-Adresse
data-location = Ort
data-pages = Seiten
data-call = Gespräch
data-duration-seconds = Dauer in Sekunden
data-parties = Am Gespräch beteiligt
data-model = Modell
data-trained-on = Trainiert mit
data-purpose = Zweck
data-rows = Zeilen
data-period = Zeitraum
data-is-from-you = von Ihnen
data-is-to-you = an Sie
data-is-form = Kontaktformular
data-is-email = E-Mail
data-is-active = aktiv
data-is-cancelled = gekündigt
data-is-succeeded = bezahlt
data-is-requires-payment-method = nicht bezahlt

account-timeline = Sehen, was damit geschehen ist
held-goes = geht am { $date }
held-goes-by-law = geht am { $date }: Bis dahin verlangt es { $ground }
held-time-is-up = seine Frist ist am { $date } abgelaufen
held-stays-by-law = bleibt mindestens bis { $date }: Bis dahin verlangt es { $ground }
held-narrow = Nur einen Teil davon zeigen
held-narrow-any = egal
held-narrow-source = Stammt von
held-narrow-kind = Art
held-narrow-from = Von
held-narrow-to = Bis
held-narrow-show = Diese zeigen
held-none-such = So etwas gibt es hier nicht.

timeline-title = Was mit Ihren Daten geschehen ist
timeline-intro = Was diesem Portal über Sie gemeldet wurde, wem es gegeben wurde und worum Sie gebeten haben, das Neueste zuerst.
timeline-empty = Noch ist nichts geschehen.
timeline-earlier = Zeigen, was davor war
timeline-added = { $category }: { $count ->
    [one] ein Eintrag kam dazu
   *[other] { $count } Einträge kamen dazu
}
timeline-disclosed = { $category }: weitergegeben an { $who }
timeline-exported = Ein Download wurde für Sie erstellt
timeline-asked-access = Sie haben um Ihre Daten gebeten:
timeline-asked-portability = Sie haben gebeten, Ihre Daten mitnehmen zu können:
timeline-asked-correction = Etwas wurde berichtigt, oder Sie haben darum gebeten:
timeline-asked-erasure = Um die Löschung Ihrer Daten wurde gebeten:
timeline-asked-restriction = Sie haben gebeten, die Benutzung Ihrer Daten einzuschränken:
timeline-asked-objection = Sie haben der Benutzung Ihrer Daten widersprochen:
timeline-asked-know-categories = Sie haben gefragt, welche Arten von Daten gespeichert sind:
timeline-asked-know-pieces = Sie haben um Ihre Daten gebeten:
timeline-asked-delete = Um die Löschung Ihrer Daten wurde gebeten:
timeline-asked-correct = Etwas wurde berichtigt, oder Sie haben darum gebeten:
timeline-asked-opt-out = Sie haben etwas untersagt:
timeline-asked-limit = Sie haben gebeten, die Benutzung Ihrer Daten einzuschränken:
timeline-asked-complaint = Sie haben sich beschwert:

organisation-intro = Sie verwalten { $organisation } hier und sehen deshalb, was { $company } im Auftrag der Organisation gespeichert hat.
organisation-nothing = Im Auftrag der Organisation ist nichts gespeichert.
organisation-open = Öffnen: { $category }
account-organisation = Sehen, was im Auftrag von { $organisation } gespeichert ist

kind-profile = Profil
kind-stripe-customer = Kunde bei Stripe
kind-stripe-payment = Zahlung
kind-subscription = Abonnement
kind-billing-details = Rechnungsdaten
kind-invoice = Rechnung
kind-course-progress = Kursfortschritt
kind-message = Nachricht
kind-call-recording = Gesprächsaufnahme
kind-transcript = Niederschrift
kind-consent = Einwilligung
kind-technical-log = Technisches Protokoll
kind-usage-event = Nutzung
kind-erp-data-set = ERP-Datensatz
kind-trained-model = Trainiertes Modell
account-holds-more = { $company } hat mehr als { $count } Einträge über Sie gespeichert, in { $kinds ->
    [one] einer Kategorie
   *[other] { $kinds } Kategorien
}.
account-count-more = mehr als { $count } Einträge
account-due-all = Die Frist läuft in diesem Jahr ab.
account-over = { $count ->
    [one] Bei einem davon ist die Frist schon abgelaufen.
   *[other] Bei { $count } davon ist die Frist schon abgelaufen.
}
account-over-all = Die Frist ist schon abgelaufen.
account-holds-on-behalf = Im Auftrag Ihrer Organisation { $count ->
    [one] ist ein weiterer Eintrag
   *[other] sind { $count } weitere Einträge
} gespeichert.
account-holds-on-behalf-more = Im Auftrag Ihrer Organisation sind mehr als { $count } weitere Einträge gespeichert.
held-also-on-behalf = { $count ->
    [one] Ein weiterer Eintrag dieser Art ist
   *[other] { $count } weitere Einträge dieser Art sind
} im Auftrag Ihrer Organisation gespeichert. Auskunft gibt die Organisation selbst.
held-also-on-behalf-more = Mehr als { $count } weitere Einträge dieser Art sind im Auftrag Ihrer Organisation gespeichert. Auskunft gibt die Organisation selbst.
held-law-over = seit dem { $date } nicht mehr vorgeschrieben ({ $ground }): bleibt, solange es gebraucht wird oder bis Sie es löschen lassen
held-stays-as-long = bleibt, solange es vorgeschrieben ist ({ $ground })
held-stays-unconfirmed = bleibt, bis { $company } bestätigt, wie lange es vorgeschrieben ist ({ $ground })
held-unconfirmed = bleibt, bis { $company } bestätigt, wie lange es vorgeschrieben ist ({ $ground })
ground-not-stated = Grund noch nicht angegeben
kept-not-stated = noch nicht angegeben, wie lange
basis-not-stated = Rechtsgrundlage noch nicht angegeben
country-not-stated = Land noch nicht angegeben
safeguard-not-stated = Schutz dort noch nicht angegeben
recipients-not-stated = Noch nicht angegeben, ob auch: { $who }

# Eine andere Adresse, bis sie gilt.
next-address = { $company } wurde mitgeteilt, dass Ihre Adresse künftig { $address } sein soll.
next-address-none = { $company } wurde mitgeteilt, dass Sie keine Adresse mehr haben.
next-address-from = Das gilt ab dem { $date }; bis dahin ändert sich nichts.
next-address-written = Das gilt drei Tage, nachdem wir Ihnen geschrieben haben; bis dahin ändert sich nichts.
next-address-keep = Das stimmt nicht: meine Adresse behalten
