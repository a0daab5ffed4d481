import type { charts as english } from '../en/charts.ts';

export const charts: Readonly<Record<keyof typeof english, string>> = {
	'charts.read': 'Das Diagramm mit den Pfeiltasten Punkt für Punkt lesen',
	'charts.target': 'Ziel {target}',
	'charts.keptTooFew': 'Zu wenige Anlässe, um zu sagen, ob Versprechen gehalten werden',
	'charts.keptShare': '{share} gehalten',
	'charts.noTarget': 'es gibt kein Ziel, an dem es sich messen ließe',
	'charts.target.yes': '{points} Punkte über dem Ziel von {target}',
	'charts.target.no': '{points} Punkte unter dem Ziel von {target}',
	'charts.target.open': 'weder klar über noch klar unter dem Ziel von {target}',
	'charts.change.better': 'besser als zuvor, und zwar um mehr als der Zufall ausmacht',
	'charts.change.worse': 'schlechter als zuvor, und zwar um mehr als der Zufall ausmacht',
	'charts.change.noise': 'die Veränderung gegenüber zuvor ist nicht mehr als Zufall',
	'charts.when': 'Wann',
	'charts.keptRate': 'Anteil gehalten',
	'charts.low': 'Intervall von',
	'charts.high': 'Intervall bis',
};
