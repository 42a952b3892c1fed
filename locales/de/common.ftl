# Was jede Seite braucht.
period-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
period-months = { $count ->
    [one] { $count } Monat
   *[other] { $count } Monate
}
period-years = { $count ->
    [one] { $count } Jahr
   *[other] { $count } Jahre
}

skip-to-content = Zum Inhalt springen
nav-label = Hauptnavigation
nav-policy = Datenschutz
nav-your-data = Ihre Daten
nav-requests = Anfragen
nav-studio = Studio
nav-desk = Bearbeitung
language-label = Sprache
sign-in = Anmelden
sign-out = Abmelden
footer-label = Weiteres
footer-by = Datenschutzportal mit Candor
footer-history = Frühere Fassungen
footer-cookies = Cookies
footer-processors = Wer Daten erhält
footer-contact = Schreiben Sie uns
title-of = { $title } – { $name }
suspended-note = Dieses Portal ist vorübergehend geschlossen: Niemand kann sich anmelden. Was veröffentlicht ist, bleibt lesbar.
page-about = Was { $name } über Menschen gespeichert hat, wozu und bis wann, und was Sie damit tun können.
page-about-candor = Datenschutzportale, in denen die Datenschutzerklärung das ist, was getan wird.

error-summary-title = Bitte prüfen Sie { $count ->
    [one] eine Angabe
   *[other] { $count } Angaben
}
field-error-prefix = Fehler:
field-optional = freiwillig
back = Zurück
continue = Weiter

today = heute
done = erledigt
due-soon = bald fällig
overdue = überfällig
timeline-until = Aufbewahrt bis { $date }
timeline-at-least = Aufbewahrt mindestens bis { $date }
timeline-over = Die Frist ist am { $date } abgelaufen
timeline-described = Vom { $from } bis zum { $until }, heute ist der { $today }. { $share } % der Zeit sind vergangen.
segments-of = { $done } von { $total }
deadline-left = { $count ->
    [0] heute fällig
    [one] noch { $count } Tag
   *[other] noch { $count } Tage
}
deadline-over = { $count ->
    [one] { $count } Tag überfällig
   *[other] { $count } Tage überfällig
}
deadline-described = { $used } von { $total } Tagen vergangen
error-bad-request-title = Diese Anfrage ist nicht zu verstehen
error-bad-request-text = Etwas daran ist nicht so, wie ein Browser es sendet. Es wurde nichts geändert. Gehen Sie zurück und versuchen Sie es noch einmal.
error-policy-large-title = Diese Erklärung lässt sich nicht zeigen
error-policy-large-text = Sie ist größer, als eine Seite sein kann. Schreiben Sie dem Unternehmen: Es muss sie kürzen und schuldet Ihnen bis dahin Auskunft.
error-too-long-title = Diese Adresse ist zu lang
error-too-long-text = Keine Seite dieses Portals hat eine so lange Adresse. Es wurde nichts geändert.
sign-in-email-missing = Schreiben Sie Ihre E-Mail-Adresse, etwa name@example.org.
sign-in-password-missing = Schreiben Sie Ihr Passwort.
sign-in-mismatch = Die Adresse oder das Passwort stimmt nicht. Prüfen Sie beides und versuchen Sie es noch einmal.
demo-customer = Kundin
demo-admin = Administration
demo-support = Support
demo-editor = Redaktion: schreibt die Erklärung
demo-approver = Freigabe: veröffentlicht sie
demo-auditor = Revision: liest alles
not-stated = noch nicht angegeben
