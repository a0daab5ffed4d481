import type { FieldChange } from '@touchstone/domain/definitions/definitions-diff';
import type { Say } from '../texts/TextsProvider.tsx';
import type { TextKey } from '../texts/texts.ts';

type Json = FieldChange['after'];

/** How the field at a place is called in the form; places deep within it keep the rest of their way. */
export function fieldName(path: string, say: Say): string {
	const [top = '', ...rest] = path.replace(/\[\]$/, '').split('.');
	const key = names[top];
	const name = key ? say(key) : top;
	return rest.length > 0 ? `${name}: ${rest.join('.')}` : name;
}

/** A value as a line of text: names in place of ids, lists and parts side by side. */
export function valueWords(value: Json, nameOf: (id: string) => string, say: Say): string {
	if (value === undefined || value === null || value === '') return say('definitions.nothingDefined');
	if (typeof value === 'boolean') return say(value ? 'definitions.moment.yes' : 'definitions.moment.no');
	if (typeof value === 'string') return nameOf(value);
	if (typeof value === 'number') return String(value);
	if (Array.isArray(value)) return value.map(part => valueWords(part, nameOf, say)).join(', ');
	return Object.entries(value)
		.filter(([, part]) => !(Array.isArray(part) && part.length === 0))
		.map(([name, part]) => `${name} ${valueWords(part, nameOf, say)}`)
		.join(', ');
}

const names: Readonly<Record<string, TextKey>> = {
	id: 'definitions.id',
	name: 'definitions.name',
	description: 'definitions.description',
	wording: 'definitions.promise.wording',
	explicit: 'definitions.promise.explicit',
	saidIn: 'definitions.promise.saidIn',
	validFrom: 'definitions.promise.validFrom',
	validTo: 'definitions.promise.validTo',
	moment: 'definitions.promise.moment',
	rule: 'definitions.rule.inWords',
	target: 'definitions.promise.target',
	madeBy: 'definitions.promise.madeBy',
	keptBy: 'definitions.promise.keptBy',
	stage: 'definitions.moment.stage',
	channel: 'definitions.moment.channel',
	physical: 'definitions.moment.physical',
	handledBy: 'definitions.moment.handledBy',
	owner: 'definitions.moment.owner',
	claims: 'definitions.moment.claims',
	businessFunction: 'definitions.owner.businessFunction',
	reportsTo: 'definitions.owner.reportsTo',
	email: 'definitions.owner.email',
	parent: 'definitions.unit.parent',
	currency: 'definitions.company.currency',
	timeZone: 'definitions.company.timeZone',
};
