import type { MetricId, MetricWords } from '@touchstone/domain/metrics/metric';

const share = 'Anteil, 0 … 1';
const shareDifference = 'Differenz von Anteilen, −1 … 1';
const count = 'Anzahl, 0 …';
const points = 'Punkte der Skala';
const money = 'Betrag in der Währung des Unternehmens';
const wilson = 'Wilson-Score-Intervall, 95 %';
const welch = 'Welch-Intervall (Freiheitsgrade nach Satterthwaite), 95 %';
const newcombe = 'Newcombe-Intervall einer Differenz von Anteilen (Methode 10), 95 %';
const whole = 'vollständige Zählung, keine Stichprobe';
const wholeSum = 'vollständige Summe, keine Stichprobe';
const nobodyAnswered = 'Niemand hat geantwortet: zu wenige';
const noRevenue = 'Keine ihrer Interaktionen trägt Umsatz: zu wenige';
const undecided = 'ausstehende, unbekannte und zurückgezogene Anlässe';
const otherMoney = 'Interaktionen ohne Umsatz oder in einer anderen Währung als der des Unternehmens';
const association = 'Ein Zusammenhang: Was sie sonst unterscheidet, ist nicht herausgerechnet';

/** What every metric declares about itself, in German. */
export const metrics: Readonly<Record<MetricId, MetricWords>> = {
	'kept-rate': {
		name: 'Gehaltene Versprechen',
		formula: 'als gehalten beurteilte Anlässe, geteilt durch als gehalten oder gebrochen beurteilte',
		scale: share,
		nullPolicy:
			'Kein Anlass ist entschieden, oder mehr stehen aus, als entschieden sind: zu wenige, denn die zuerst entschiedenen neigen zu einer Seite',
		exclusions:
			'ausstehende (noch nicht fällig), unbekannte (fällig, aber ohne Beleg) und zurückgezogene Anlässe (vor der Fälligkeit)',
		intervalMethod: wilson,
	},
	'margin-quantile': {
		name: 'Abstand',
		formula:
			'Quantil, linear interpoliert, von Versprochenem minus Geliefertem über Anlässe mit geliefertem Wert; positiv ist besser als versprochen',
		scale: 'Sekunden bei Versprechen über Zeit, sonst die Einheit des Maßes',
		nullPolicy:
			'Anlässe ohne gelieferten Wert haben keinen Abstand; unter 6 (Median) oder dem, was das Quantil braucht: zu wenige',
		exclusions: 'Anlässe ohne gelieferten Wert und zurückgezogene Anlässe',
		intervalMethod: 'Intervall aus Ordnungsstatistiken (binomial), 95 %',
	},
	'mean-score': {
		name: 'Mittlere Bewertung',
		formula: 'Mittel der Bewertungen zu den Gegenständen der Anlässe, jede Skala für sich',
		scale: points,
		nullPolicy: nobodyAnswered,
		exclusions: 'Rückmeldungen ohne Bewertung und Anlässe, zu denen niemand geantwortet hat',
		intervalMethod: 't-Intervall aus n, Summe und Quadratsumme, innerhalb der Skala gehalten, 95 %',
	},
	'top-two-box': {
		name: 'Top-2-Box',
		formula:
			'Bewertungen in den obersten Feldern der Skala (3 Punkte {3}, 4 {3, 4}, 5 {4, 5}, 7 {5, 6, 7}, 0–10 {9, 10}), geteilt durch Bewertungen',
		scale: share,
		nullPolicy: nobodyAnswered,
		exclusions: 'Rückmeldungen ohne Bewertung und Anlässe, zu denen niemand geantwortet hat',
		intervalMethod: wilson,
	},
	'score-difference': {
		name: 'Unterschied der Bewertung, gehalten gegen gebrochen',
		formula:
			'mittlere Bewertung, wo das Versprechen gehalten wurde, minus mittlere Bewertung, wo es gebrochen wurde',
		scale: points,
		nullPolicy: 'Weniger als zwei Bewertungen auf einer Seite: zu wenige',
		exclusions: `Gegenstände, die nur ausstehend, unbekannt oder zurückgezogen sind. ${association}`,
		intervalMethod: welch,
	},
	occasions: {
		name: 'Anlässe',
		formula: 'wie oft das Versprechen auf die Probe gestellt wurde',
		scale: count,
		nullPolicy: 'keiner ist 0',
		exclusions: 'nichts',
		intervalMethod: whole,
	},
	customers: {
		name: 'Kunden',
		formula: 'verschiedene Kunden unter den Anlässen',
		scale: count,
		nullPolicy: 'keiner ist 0',
		exclusions: 'nichts',
		intervalMethod: whole,
	},
	'customers-affected': {
		name: 'Betroffene Kunden',
		formula: 'verschiedene Kunden mit mindestens einem gebrochenen Anlass',
		scale: count,
		nullPolicy: 'keiner ist 0',
		exclusions: 'nichts',
		intervalMethod: whole,
	},
	'revenue-affected': {
		name: 'Umsatz betroffener Kunden',
		formula:
			'Umsatz aller Interaktionen des Zeitraums von Kunden mit mindestens einem gebrochenen Anlass. Was auf dem Spiel steht, nicht was verloren ist',
		scale: money,
		nullPolicy: noRevenue,
		exclusions: otherMoney,
		intervalMethod: wholeSum,
	},
	'kept-rate-difference': {
		name: 'Veränderung der gehaltenen Versprechen',
		formula: 'Anteil der gehaltenen im Zeitraum, minus Anteil der gehaltenen im Vergleichszeitraum',
		scale: shareDifference,
		nullPolicy:
			'Für einen der beiden Zeiträume lässt sich kein Anteil sagen: zu wenige. Besser oder schlechter heißt es nur, wenn es gilt, was immer aus den ausstehenden Anlässen wird',
		exclusions: undecided,
		intervalMethod: newcombe,
	},
	'target-gap': {
		name: 'Abstand zum Ziel',
		formula: 'Ziel minus Anteil der gehaltenen; positiv heißt: darunter',
		scale: shareDifference,
		nullPolicy: 'Kein Anlass ist entschieden: zu wenige',
		exclusions: undecided,
		intervalMethod: 'Ziel minus Wilson-Score-Intervall, 95 %',
	},
	stake: {
		name: 'Auf dem Spiel',
		formula:
			'betroffene Kunden × Wert, der bei jedem auf dem Spiel steht: was ein betroffener Kunde im Zeitraum im Mittel eingebracht hat. Was auf dem Spiel steht, nicht was verloren ist',
		scale: money,
		nullPolicy: noRevenue,
		exclusions: otherMoney,
		intervalMethod: wholeSum,
	},
	'return-rate': {
		name: 'Wiedergekommene Kunden',
		formula:
			'Kunden mit einem Kauf (einer Interaktion mit Umsatz über 0) nach ihrem ersten entschiedenen Anlass des Zeitraums und binnen 90 Tagen nach dessen Entscheidung, geteilt durch Kunden mit einem solchen Anlass',
		scale: share,
		nullPolicy: 'Kein Kunde, dem 90 Tage lang gefolgt werden konnte: zu wenige',
		exclusions:
			'Kunden, deren erste Entscheidung weniger als 90 Tage her ist, und Käufe außerhalb des Ausschnitts',
		intervalMethod: wilson,
	},
	'return-rate-difference': {
		name: 'Unterschied im Wiederkommen, gehalten gegen gebrochen',
		formula:
			'Anteil der Wiedergekommenen unter Kunden, deren erster entschiedener Anlass gehalten wurde, minus dem unter denen, bei denen er gebrochen wurde',
		scale: shareDifference,
		nullPolicy: 'Niemand auf einer der beiden Seiten: zu wenige',
		exclusions: `Kunden, deren erste Entscheidung weniger als 90 Tage her ist. ${association}`,
		intervalMethod: newcombe,
	},
	'revenue-after': {
		name: 'Umsatz danach',
		formula:
			'Umsatz je Kunde binnen 90 Tagen nach der Entscheidung des ersten entschiedenen Anlasses des Zeitraums; wer nichts gekauft hat, zählt mit 0',
		scale: `${money}, je Kunde`,
		nullPolicy: 'Weniger als zwei Kunden, denen 90 Tage lang gefolgt werden konnte: zu wenige',
		exclusions:
			'Kunden, deren erste Entscheidung weniger als 90 Tage her ist, und Umsatz in einer anderen Währung als der des Unternehmens',
		intervalMethod: 't-Intervall aus n, Summe und Quadratsumme, 95 %',
	},
	'revenue-after-difference': {
		name: 'Unterschied im Umsatz danach, gehalten gegen gebrochen',
		formula:
			'Umsatz danach von Kunden, deren erster entschiedener Anlass gehalten wurde, minus dem von denen, bei denen er gebrochen wurde',
		scale: `${money}, je Kunde`,
		nullPolicy: 'Weniger als zwei Kunden auf einer Seite: zu wenige',
		exclusions: `Kunden, deren erste Entscheidung weniger als 90 Tage her ist. ${association}`,
		intervalMethod: welch,
	},
	interactions: {
		name: 'Interaktionen',
		formula: 'wie oft Kunden dem Moment begegnet sind',
		scale: count,
		nullPolicy: 'keine ist 0',
		exclusions: 'nichts',
		intervalMethod: whole,
	},
	'moment-customers': {
		name: 'Kunden am Moment',
		formula: 'verschiedene Kunden unter den Interaktionen am Moment',
		scale: count,
		nullPolicy: 'keiner ist 0',
		exclusions: 'nichts',
		intervalMethod: whole,
	},
	'moment-score': {
		name: 'Mittlere Bewertung am Moment',
		formula: 'Mittel der Bewertungen aus Rückmeldungen, die den Moment nennen, jede Skala für sich',
		scale: points,
		nullPolicy: nobodyAnswered,
		exclusions: 'Rückmeldungen ohne Bewertung und solche, die keinen Moment nennen',
		intervalMethod: 't-Intervall aus n, Summe und Quadratsumme, innerhalb der Skala gehalten, 95 %',
	},
	'moment-nps': {
		name: 'Net Promoter Score am Moment',
		formula:
			'Anteil der Bewertungen 9 und 10, minus Anteil der Bewertungen 0 bis 6, aus Rückmeldungen auf einer Skala von 0 bis 10, die den Moment nennen',
		scale: shareDifference,
		nullPolicy: nobodyAnswered,
		exclusions: 'Rückmeldungen ohne Bewertung und solche, die keinen Moment nennen',
		intervalMethod:
			'angepasstes Wald-Intervall; Score-Intervall unter 30 Antworten oder bei einer leeren Klasse, 95 %',
	},
};
