# Der zweite Faktor und Passkeys.
factor-back = Wie Sie sich anmelden
factor-title = Zweiter Faktor
factor-intro = Mit einem zweiten Faktor kommt niemand allein mit Ihrem Passwort in Ihr Konto.
factor-app = Sie brauchen eine App, die Codes erzeugt, auf Telefon oder Computer. Viele Passwortmanager können es auch. Beim Anmelden tippen Sie den Code ein, den die App zeigt.
factor-begin = Einrichten
factor-held = Hier brauchen alle, die für das Unternehmen arbeiten, einen zweiten Faktor. Bis Ihrer eingerichtet ist, geht es nicht weiter.
factor-passkey = Ein Passkey kommt ohne Codes aus: Telefon oder Computer fragt nach Finger, Gesicht oder PIN.
factor-passkey-link = Ihre Passkeys
factor-on = Ihr zweiter Faktor ist an. Wenn Sie sich mit Ihrem Passwort anmelden, fragen wir auch nach einem Code Ihrer App.
factor-now-on = Ihr zweiter Faktor ist an. In allen anderen Browsern sind Sie abgemeldet.
factor-required = Hier brauchen alle, die für das Unternehmen arbeiten, einen zweiten Faktor. Er lässt sich deshalb nicht ausschalten.
factor-set-up-title = Zweiten Faktor einrichten
factor-scan-title = 1. Das Geheimnis in die App bringen
factor-scan = Lassen Sie die App dieses Bild einlesen.
factor-qr = QR-Code mit dem Geheimnis für Ihre App
factor-open = Oder in einer App auf diesem Gerät öffnen
factor-type = Oder tippen Sie das Geheimnis in die App:
factor-code-title = 2. Den Code eintippen, den die App zeigt
factor-code-hint = Sechs Ziffern. Alle dreißig Sekunden kommt ein neuer.
factor-turn-on = Einschalten
factor-code-wrong = Das ist nicht der Code, den die App jetzt zeigt. Wenn das wieder vorkommt, prüfen Sie, ob die Uhr Ihres Geräts richtig geht.
factor-over = Das hat zu lange gedauert oder wurde zu oft versucht. Es wurde nichts geändert. Bitte beginnen Sie von vorn.
factor-move-title = Ein anderes Telefon?
factor-move-text = Richten Sie es dort ein. Bis das fertig ist, gilt die alte App.
factor-move = Auf einem anderen Gerät einrichten
factor-off-title = Ausschalten
factor-off-text = Dann genügt Ihr Passwort allein zum Anmelden.
factor-off = Zweiten Faktor ausschalten

recovery-title = Wiederherstellungscodes
recovery-left = { $count ->
    [0] Sie haben keinen Wiederherstellungscode mehr.
    [one] Sie haben noch einen Wiederherstellungscode.
   *[other] Sie haben noch { $count } Wiederherstellungscodes.
}
recovery-text = Neue ersetzen alle bisherigen.
recovery-make = Neue Codes erzeugen
recovery-shown-title = Ihre Wiederherstellungscodes
recovery-shown = Jeder davon meldet Sie einmal an, wenn Sie Ihre App nicht haben. Drucken Sie sie aus oder schreiben Sie sie auf, und bewahren Sie sie auf wie einen Schlüssel. Wir zeigen sie nur jetzt.
recovery-save = Als Datei speichern

sign-in-factor-title = Ihr zweiter Faktor
sign-in-factor-intro = Ihr Konto fragt nach noch etwas.
sign-in-factor-hint = Sechs Ziffern, wie Ihre App sie jetzt zeigt.
sign-in-factor-wrong = Dieser Code stimmt nicht oder wurde schon benutzt. Bitte tippen Sie den ein, den Ihre App jetzt zeigt.
sign-in-factor-over = Das hat zu lange gedauert oder wurde zu oft versucht. Bitte melden Sie sich neu an.
sign-in-factor-instead = Einen Code der App benutzen
sign-in-recovery-hint = Zwölf Buchstaben und Ziffern. Jeder gilt einmal.
sign-in-recovery-instead = Einen Wiederherstellungscode benutzen
sign-in-recovery-wrong = Dieser Wiederherstellungscode stimmt nicht oder wurde schon benutzt.
sign-in-again = Von vorn beginnen
field-recovery-code = Wiederherstellungscode

sign-in-with-passkey = Mit einem Passkey anmelden
sign-in-passkey-title = Mit einem Passkey anmelden
sign-in-passkey-intro = Telefon oder Computer fragt nach Finger, Gesicht oder PIN. Sie brauchen kein Passwort.
sign-in-other-way = Anders anmelden

passkeys-title = Ihre Passkeys
passkeys-intro = Mit einem Passkey melden Sie sich mit Finger, Gesicht oder PIN Ihres Telefons oder Computers an. Er gilt nur hier, deshalb kann ihn Ihnen niemand entlocken.
passkeys-none = Sie haben noch keinen.
passkey-add-title = Einen Passkey hinzufügen
passkey-add = Passkey hinzufügen
passkey-use = Passkey benutzen
passkey-title = Passkey „{ $name }“
field-passkey-name = Name
passkey-name-hint = Damit Sie ihn wiedererkennen, etwa „Mein Telefon“.
passkey-name-wrong = Geben Sie ihm einen Namen mit höchstens 60 Zeichen.
passkey-change = { $name } ändern
passkey-change-short = Ändern
passkey-used = Hinzugefügt am { $added }, zuletzt benutzt am { $used }
passkey-unused = Hinzugefügt am { $added }, noch nicht benutzt
passkey-rename = Namen speichern
passkey-remove-title = Entfernen
passkey-remove-text = Sie können sich dann nicht mehr mit ihm anmelden. Löschen Sie ihn auch auf Ihrem Gerät.
passkey-remove = Passkey entfernen
passkey-last = Anders können Sie sich nicht anmelden, deshalb bleibt er. Fügen Sie erst einen anderen Weg hinzu.
passkey-without = Passkeys brauchen JavaScript, das in diesem Browser aus ist. Alle anderen Wege der Anmeldung gehen ohne.
passkey-unable = Dieser Browser kann hier keine Passkeys benutzen. Alle anderen Wege der Anmeldung gehen in ihm.
passkey-failed = Es wurde kein Passkey benutzt. Vielleicht haben Sie abgebrochen, oder es hat zu lange gedauert. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.
passkey-known = Dieses Gerät hat schon einen Passkey für Ihr Konto.
passkey-mismatch = Dieser Passkey stimmt hier nicht. Nehmen Sie einen anderen oder einen anderen Weg. Nach einem neuen Passwort per E-Mail melden Sie sich zuerst damit an.
passkey-over = Das hat zu lange gedauert oder war schon erledigt. Bitte versuchen Sie es noch einmal.
passkey-refused = Dieser Passkey kann hier nicht benutzt werden. Es wurde nichts hinzugefügt.

mail-factor-added-subject = Ihr zweiter Faktor ist an
mail-factor-added-text = für Ihr Konto wurde ein zweiter Faktor eingerichtet. Ab jetzt fragen wir nach einem Code der App, wenn sich jemand mit Ihrem Passwort anmeldet.
mail-factor-removed-subject = Ihr zweiter Faktor ist aus
mail-factor-removed-text = der zweite Faktor Ihres Kontos wurde ausgeschaltet. Ihr Passwort allein genügt nun zum Anmelden.
mail-factor-missed-subject = Jemand kennt Ihr Passwort
mail-factor-missed-text = jemand hat Ihr Passwort eingegeben und danach mehrere Codes, die nicht stimmten. Niemand wurde angemeldet. Wenn Sie das nicht waren, ändern Sie bitte bald Ihr Passwort.
mail-codes-missed-subject = Jemand, der in Ihrem Konto angemeldet ist, rät Codes
mail-codes-missed-text = jemand, der in Ihrem Konto angemeldet ist, hat mehrere Codes Ihres zweiten Faktors eingegeben, die nicht stimmten. Was damit getan werden sollte, wurde nicht getan. Wenn Sie das nicht waren, wählen Sie ein neues Passwort: Damit wird überall abgemeldet.
mail-recovery-made-subject = Sie haben neue Wiederherstellungscodes
mail-recovery-made-text = für Ihr Konto wurden neue Wiederherstellungscodes erzeugt. Die bisherigen gelten nicht mehr.
mail-recovery-used-subject = Ein Wiederherstellungscode wurde benutzt
mail-recovery-used-text = mit einem Ihrer Wiederherstellungscodes hat sich jemand angemeldet. Er ist nun verbraucht. Auf der Seite darüber, wie Sie sich anmelden, können Sie neue erzeugen.
mail-passkey-added-subject = Ein Passkey wurde hinzugefügt
mail-passkey-added-text = Ihrem Konto wurde ein Passkey hinzugefügt. Wer ihn hat und entsperren kann, kann sich anmelden.
mail-passkey-removed-subject = Ein Passkey wurde entfernt
mail-passkey-removed-text = ein Passkey Ihres Kontos wurde entfernt. Niemand kann sich mehr mit ihm anmelden.

# Nach einem Zurücksetzen.
review-title = Gehört das alles Ihnen?
review-text = Sie haben über einen gemailten Link ein neues Passwort gewählt. Wer vorher in Ihrem Konto war, hat sich vielleicht einen anderen Weg offen gelassen. Bis Sie antworten, öffnet keiner davon Ihr Konto.
review-done = Wer angemeldet war, ist abgemeldet; eine beantragte Änderung der Adresse ist zurückgenommen.
review-legend = Andere Wege in Ihr Konto
review-hint = Kreuzen Sie an, was Ihnen gehört. Was Sie nicht ankreuzen, wird entfernt.
review-since = seit { $date }
review-passkey = Passkey „{ $name }“
review-provider = Anmeldung mit { $name }
review-factor = Codes aus einer App, nach denen nach dem Passwort gefragt wird
review-factor-left = { $count ->
    [one] mit einem Wiederherstellungscode
   *[other] mit { $count } Wiederherstellungscodes
}
review-keep = Angekreuztes behalten, den Rest entfernen
review-all = Das alles gehört mir
