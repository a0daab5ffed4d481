export const charts = {
	'charts.read': 'Read the chart point by point with the arrow keys',
	'charts.target': 'Target {target}',
	'charts.keptTooFew': 'Too few occasions to say whether promises are kept',
	'charts.keptShare': '{share} kept',
	'charts.noTarget': 'there is no target to hold it against',
	'charts.target.yes': '{points} points above the target of {target}',
	'charts.target.no': '{points} points below the target of {target}',
	'charts.target.open': 'not clearly above or below the target of {target}',
	'charts.change.better': 'better than before, by more than chance would make',
	'charts.change.worse': 'worse than before, by more than chance would make',
	'charts.change.noise': 'the change since before is no more than noise',
} as const;
