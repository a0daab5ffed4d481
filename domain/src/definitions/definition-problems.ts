import type { Branch } from '../owners/tree.ts';
import { circles } from '../owners/tree.ts';
import type { BrandPromise } from '../promises/brand-promise.ts';
import type { Rule } from '../promises/rule.ts';
import { testedMoments, withdrawingMoments } from '../promises/rule-moments.ts';
import { scales } from '../units/scale.ts';
import type { Definitions } from './definitions.ts';

/** A place where definitions do not hold together, and why. */
export type DefinitionProblem = { readonly path: readonly (string | number)[]; readonly reason: string };

/**
 * What keeps definitions from holding together although each fits its schema: the same id twice, a name that nothing bears,
 * owners or units in a circle, a promise that ends before it begins, a rule that cannot be judged. Empty when all is well;
 * what is merely unwise is a finding (see `findings.ts`), not a problem.
 */
export function definitionProblems(definitions: Definitions): DefinitionProblem[] {
	const { units, owners, moments, promises } = definitions;
	const owner = new Set<string>(owners.map(({ id }) => id));
	const unit = new Set<string>(units.map(({ id }) => id));
	const moment = new Set<string>(moments.map(({ id }) => id));
	return [
		...sameIdTwice('units', units),
		...sameIdTwice('owners', owners),
		...sameIdTwice('moments', moments),
		...sameIdTwice('promises', promises),
		...units.flatMap(({ parent }, place) => unknown(unit, 'unit', parent, ['units', place, 'parent'])),
		...inCircles(
			'units',
			'parent',
			units.map(({ id, parent }) => ({ id, parent })),
		),
		...owners.flatMap(({ reportsTo }, place) =>
			unknown(owner, 'owner', reportsTo, ['owners', place, 'reportsTo']),
		),
		...inCircles(
			'owners',
			'reportsTo',
			owners.map(({ id, reportsTo }) => ({ id, parent: reportsTo })),
		),
		...moments.flatMap((given, place) => unknown(owner, 'owner', given.owner, ['moments', place, 'owner'])),
		...promises.flatMap((given, place) => [
			...unknown(moment, 'moment', given.moment, ['promises', place, 'moment']),
			...unknown(owner, 'owner', given.madeBy, ['promises', place, 'madeBy']),
			...unknown(owner, 'owner', given.keptBy, ['promises', place, 'keptBy']),
			...promiseProblems(given, moment).map(({ path, reason }) => ({
				path: ['promises', place, ...path],
				reason,
			})),
		]),
	];
}

/** A path as people write it: `promises[3].rule.end`. */
export function placeText(path: readonly PropertyKey[]): string {
	return path
		.map((step, place) =>
			typeof step === 'number' ? `[${step}]` : `${place === 0 ? '' : '.'}${String(step)}`,
		)
		.join('');
}

function sameIdTwice(list: string, items: readonly { readonly id: string }[]): DefinitionProblem[] {
	const firstPlace = new Map<string, number>();
	return items.flatMap(({ id }, place) => {
		const first = firstPlace.get(id);
		if (first === undefined) firstPlace.set(id, place);
		return first === undefined
			? []
			: [{ path: [list, place, 'id'], reason: `"${id}" is taken by ${list}[${first}]` }];
	});
}

function unknown(
	known: ReadonlySet<string>,
	kind: string,
	id: string | undefined,
	path: readonly (string | number)[],
): DefinitionProblem[] {
	if (id === undefined || known.has(id)) return [];
	return [{ path, reason: `there is no ${kind} "${id}"` }];
}

function inCircles(list: string, field: string, tree: readonly Branch<string>[]): DefinitionProblem[] {
	return circles(tree).map(circle => ({
		path: [list, tree.findIndex(({ id }) => id === circle[0]), field],
		reason: `goes in a circle: ${[...circle, circle[0]].join(' → ')}`,
	}));
}

function promiseProblems(promise: BrandPromise, moments: ReadonlySet<string>): DefinitionProblem[] {
	const { validFrom, validTo, rule } = promise;
	const ends =
		validFrom !== undefined && validTo !== undefined && Date.parse(validTo) <= Date.parse(validFrom)
			? [{ path: ['validTo'], reason: 'must be later than validFrom' }]
			: [];
	if (!rule) return ends;
	const problems = [
		...[...testedMoments(rule), ...withdrawingMoments(rule)].flatMap(({ moment, path }) =>
			unknown(moments, 'moment', moment, path),
		),
		...ruleProblems(rule),
	];
	return [...ends, ...problems.map(({ path, reason }) => ({ path: ['rule', ...path], reason }))];
}

function ruleProblems(rule: Rule): DefinitionProblem[] {
	const judged = new Set(testedMoments(rule).map(({ moment }) => moment));
	const problems: DefinitionProblem[] = withdrawingMoments(rule)
		.filter(({ moment }) => judged.has(moment))
		.map(({ moment, path }) => ({ path, reason: `"${moment}" is already what the rule judges` }));
	for (const [place, moment] of rule.failedBy.entries()) {
		if (rule.voidedBy.includes(moment))
			problems.push({ path: ['failedBy', place], reason: `"${moment}" cannot both void and fail it` });
	}
	if (rule.kind === 'by' && rule.start === rule.end)
		problems.push({ path: ['end'], reason: 'must be another moment than start' });
	if (rule.kind === 'by' && 'property' in rule.due && !rule.due.property.startsWith('properties.'))
		problems.push({ path: ['due', 'property'], reason: 'must be properties.<path>, where a date can stand' });
	if (rule.kind === 'felt') {
		const { low, high } = scales[rule.scale];
		if (rule.atLeast < low || rule.atLeast > high)
			problems.push({ path: ['atLeast'], reason: `must be from ${low} to ${high} on ${rule.scale}` });
	}
	return problems;
}
