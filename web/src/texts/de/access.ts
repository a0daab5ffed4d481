import type { access as english } from '../en/access.ts';

export const access: Readonly<Record<keyof typeof english, string>> = {
	'access.signIn': 'Anmelden',
	'access.email': 'E-Mail-Adresse',
	'access.password': 'Passwort',
	'access.showPassword': 'Passwort zeigen oder verbergen',
	'access.name': 'Name',
	'access.or': 'oder',
	'access.signInWith': 'Mit {provider} anmelden',
	'access.toSignIn': 'Zur Anmeldung',
	'access.needsSetup': 'Noch hat niemand ein Konto',
	'access.needsSetupHint':
		'Öffnen Sie den Einrichtungslink, den der Server beim Start ausgegeben hat. Er beginnt mit dieser Adresse und endet auf /setup#…',
	'access.notInvited':
		'Sie sind dort bekannt, aber hier nicht eingeladen. Bitten Sie jemanden aus der Verwaltung des Arbeitsbereichs um eine Einladung an dieselbe E-Mail-Adresse.',
	'access.providerFailed':
		'Die Anmeldung dort ist nicht gelungen. Versuchen Sie es noch einmal oder melden Sie sich anders an.',
	'access.lost': 'Passwort verloren?',
	'access.lostHint': 'Wir senden Ihnen einen Link, über den Sie ein neues wählen.',
	'access.lostGo': 'Link per E-Mail senden',
	'access.lostMailed': 'Sehen Sie in Ihr Postfach',
	'access.lostMailedHint':
		'Wenn Sie sich hier mit dieser Adresse und einem Passwort anmelden, ist ein Link unterwegs. Er gilt eine Stunde und nur einmal. Nichts da? Sehen Sie bei den unerwünschten E-Mails nach und prüfen Sie die Adresse.',
	'access.lostNoMail': 'Von hier werden keine E-Mails gesendet',
	'access.lostNoMailHint':
		'Bitten Sie die Stelle, die Touchstone betreibt, um einen Link zur Anmeldung; ein neues Passwort wählen Sie dann in den Einstellungen.',
	'access.lostChoose': 'Neues Passwort wählen',
	'access.lostChooseHint': 'Überall, wo Sie angemeldet sind, werden Sie abgemeldet.',
	'access.lostChooseGo': 'Dieses Passwort behalten',
	'access.code.title': 'Noch ein Schritt',
	'access.code': 'Code',
	'access.code.hint': 'Geben Sie den Code ein, den Ihre Authenticator-App für Touchstone zeigt.',
	'access.code.backup': 'Ersatzcode',
	'access.code.backupHint': 'Geben Sie einen Ihrer aufbewahrten Ersatzcodes ein. Jeder gilt einmal.',
	'access.code.trust': 'Auf diesem Gerät 30 Tage nicht mehr fragen',
	'access.code.go': 'Weiter',
	'access.code.useBackup': 'Stattdessen einen Ersatzcode verwenden',
	'access.code.useApp': 'Stattdessen die Authenticator-App verwenden',
	'access.setup': 'Touchstone einrichten',
	'access.setupHint':
		'Sie übernehmen als Erste oder Erster die Verwaltung. Alle anderen laden Sie dann von innen ein.',
	'access.setupGo': 'Konto anlegen und eintreten',
	'access.setupLinkMissing':
		'Der Einrichtungslink wurde nicht vollständig kopiert. Kopieren Sie ihn bis ganz zum Ende von dort, wo der Server gestartet wurde; jeder Start gibt einen neuen aus.',
	'access.linkMissing':
		'Der Link wurde nicht vollständig kopiert. Kopieren Sie ihn noch einmal bis ganz zum Ende.',
	'access.enter': 'Anmeldung per Link',
	'access.entering': 'Sie werden angemeldet …',
	'access.invitation': 'Einladung',
	'access.invitationTo': '{workspace} beitreten',
	'access.invitationHint': '{invitedBy} lädt Sie ein. Ihre Rolle: {role}.',
	'access.invitationKnown': 'Sie haben hier schon ein Konto: Geben Sie dessen Passwort ein.',
	'access.invitationGo': 'Annehmen',
	'access.rule.short': 'Mindestens {count} Zeichen; ein paar unverbundene Wörter merkt man sich leicht',
	'access.rule.obvious': 'Nicht, was jemand zuerst versuchen würde',
	'access.rule.personal': 'Ohne Ihren Namen und Ihre E-Mail-Adresse',
	'access.rule.met': 'erfüllt',
	'access.rule.open': 'noch nicht',
	'access.role.admin': 'Verwaltung',
	'access.role.analyst': 'Analyse',
	'access.role.owner': 'Verantwortung',
	'access.role.frontline': 'Kundenkontakt',
	'access.role.moderator': 'Moderation',
	'access.role.viewer': 'Einsicht',
	'access.keyOnce': 'Der Schlüssel „{name}“ wird nur dieses eine Mal gezeigt',
	'access.problem.signInRefused':
		'E-Mail-Adresse und Passwort gehören nicht zusammen. Prüfen Sie beides und versuchen Sie es noch einmal.',
	'access.problem.tooManyAttempts':
		'Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
	'access.problem.linkSpent':
		'Dieser Link gilt nicht mehr: Er wurde benutzt, zurückgezogen, ersetzt oder ist abgelaufen. Bitten Sie um einen neuen.',
	'access.problem.noMail':
		'Von hier werden keine E-Mails gesendet. Bitten Sie die Stelle, die Touchstone betreibt, um einen Link zur Anmeldung.',
	'access.problem.passwordWeak': 'Dieses Passwort wäre zu leicht zu erraten. Wählen Sie ein anderes.',
	'access.problem.passwordWrong': 'Das Passwort stimmt nicht. Versuchen Sie es noch einmal.',
	'access.problem.codeWrong':
		'Der Code stimmt nicht. Warten Sie den nächsten ab, und prüfen Sie die Uhr des Geräts, das ihn zeigt.',
	'access.problem.alreadyMember':
		'Diese Person gehört schon zum Arbeitsbereich. Ändern Sie stattdessen ihre Rolle.',
	'access.problem.lastAdmin':
		'Der Arbeitsbereich bliebe ohne Verwaltung zurück. Geben Sie diese Rolle zuerst jemand anderem.',
	'access.problem.keptByProvider':
		'Der Anbieter, bei dem sich diese Person anmeldet, bestimmt ihre Rolle. Ändern Sie die Gruppen dort.',
	'access.problem.workspaceExists':
		'Einen Arbeitsbereich mit dieser Kennung gibt es schon. Wählen Sie eine andere.',
	'access.problem.personNeeded': 'Das kann nur eine angemeldete Person, kein Schlüssel.',
	'access.problem.unreachable':
		'Der Server antwortet nicht. Prüfen Sie, ob er läuft und erreichbar ist, und versuchen Sie es dann noch einmal.',
};
