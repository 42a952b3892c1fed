# Noch einmal zeigen, wer man ist.
confirm-title = Bitte zeigen Sie, dass Sie es sind
confirm-disclosure = Sie haben sich vor einer Weile angemeldet. Bevor wir zeigen, was über Sie gespeichert ist, fragen wir noch einmal.
confirm-export = Ein Download enthält alles über Sie in einer Datei. Bevor wir ihn erstellen oder herausgeben, fragen wir noch einmal.
confirm-deletion = Löschen lässt sich nicht rückgängig machen. Bevor wir zeigen, was geht und was bleiben muss, fragen wir noch einmal.
confirm-credentials = Wer ändert, wie Sie sich anmelden, hat Ihr Konto. Deshalb fragen wir noch einmal.
confirm-send = Weiter
confirm-without = Sie haben kein Passwort oder wissen es nicht mehr?
confirm-mail = Code per E-Mail senden
confirm-mail-again = Noch einen Code senden
confirm-back = Nicht weiter
confirm-password-wrong = Das ist nicht Ihr Passwort. Es wurde nichts geändert.
confirm-code-hint = Sechs Ziffern. Wir haben sie an Ihre Adresse gesendet; sie gelten zehn Minuten.
confirm-code-wrong = Das ist nicht der Code, den wir zuletzt gesendet haben. Bitte vergleichen Sie ihn.
confirm-code-over = Dieser Code gilt nicht mehr: Er ist zu alt oder wurde zu oft versucht. Lassen Sie sich einen neuen senden.
field-code = Code
