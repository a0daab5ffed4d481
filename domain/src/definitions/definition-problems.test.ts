import { describe, expect, test } from 'vitest';
import { definitionProblems, placeText } from './definition-problems.ts';
import { definitionsSchema } from './definitions.ts';

const moment = (id: string, extra = {}) => ({ id, name: id, stage: 'buy', channel: 'web', ...extra });
const promise = (id: string, extra = {}) => ({ id, wording: 'We deliver in time', ...extra });
const owner = (id: string, extra = {}) => ({ id, name: id, businessFunction: 'service', ...extra });
const unit = (id: string, extra = {}) => ({ id, name: id, ...extra });

function problemsOf(parts: Record<string, unknown>): string[] {
	const definitions = definitionsSchema.parse({ touchstone: 1, company: { name: 'Kettle & Co' }, ...parts });
	return definitionProblems(definitions).map(({ path, reason }) => `${placeText(path)}: ${reason}`);
}

const delivery = [moment('ordered'), moment('delivered'), moment('cancelled'), moment('lost')];
const byRule = { kind: 'by', start: 'ordered', end: 'delivered', due: { within: '48h' } };

describe('definitions hold together', () => {
	test('a company that defined nothing else has no problems', () => {
		expect(problemsOf({})).toEqual([]);
	});

	test('definitions whose every name is known have no problems', () => {
		expect(
			problemsOf({
				units: [unit('DE-1', { parent: 'DE' }), unit('DE')],
				owners: [owner('depot', { reportsTo: 'chief' }), owner('chief')],
				moments: [...delivery, moment('asked', { owner: 'depot' })],
				promises: [
					promise('in-time', {
						moment: 'delivered',
						madeBy: 'chief',
						keptBy: 'depot',
						validFrom: '2026-01-01',
						validTo: '2026-01-02',
						rule: { ...byRule, voidedBy: ['cancelled'], failedBy: ['lost'] },
					}),
				],
			}),
		).toEqual([]);
	});

	test('names that nothing bears are named with their place', () => {
		expect(
			problemsOf({
				units: [unit('DE-1', { parent: 'DE' })],
				owners: [owner('depot', { reportsTo: 'chief' })],
				moments: [moment('ordered', { owner: 'nobody' })],
				promises: [
					promise('one'),
					promise('two', {
						moment: 'm1',
						madeBy: 'o1',
						keptBy: 'o2',
						rule: { ...byRule, voidedBy: ['ordered-not', 'void-1'], failedBy: ['fail-1'] },
					}),
					promise('three', { rule: { kind: 'never', start: 's', event: 'e', within: '1d' } }),
					promise('four', { rule: { kind: 'felt', moment: 'f', scale: 'nps', atLeast: 9 } }),
					promise('five', {
						rule: {
							kind: 'value',
							moment: 'v',
							measure: 'cost',
							comparison: 'at-most',
							promised: { constant: 1 },
						},
					}),
				],
			}),
		).toEqual([
			'units[0].parent: there is no unit "DE"',
			'owners[0].reportsTo: there is no owner "chief"',
			'moments[0].owner: there is no owner "nobody"',
			'promises[1].moment: there is no moment "m1"',
			'promises[1].madeBy: there is no owner "o1"',
			'promises[1].keptBy: there is no owner "o2"',
			'promises[1].rule.end: there is no moment "delivered"',
			'promises[1].rule.voidedBy[0]: there is no moment "ordered-not"',
			'promises[1].rule.voidedBy[1]: there is no moment "void-1"',
			'promises[1].rule.failedBy[0]: there is no moment "fail-1"',
			'promises[2].rule.start: there is no moment "s"',
			'promises[2].rule.event: there is no moment "e"',
			'promises[3].rule.moment: there is no moment "f"',
			'promises[4].rule.moment: there is no moment "v"',
		]);
	});

	test('the same id twice is refused in every list', () => {
		expect(
			problemsOf({
				units: [unit('DE'), unit('DE')],
				owners: [owner('chief'), owner('chief')],
				moments: [moment('ordered'), moment('ordered')],
				promises: [promise('one'), promise('two'), promise('one')],
			}),
		).toEqual([
			'units[1].id: "DE" is taken by units[0]',
			'owners[1].id: "chief" is taken by owners[0]',
			'moments[1].id: "ordered" is taken by moments[0]',
			'promises[2].id: "one" is taken by promises[0]',
		]);
	});

	test('owners and units do not stand under themselves', () => {
		expect(
			problemsOf({
				units: [unit('A', { parent: 'A' })],
				owners: [owner('x'), owner('b', { reportsTo: 'c' }), owner('c', { reportsTo: 'b' })],
			}),
		).toEqual([
			'units[0].parent: goes in a circle: A → A',
			'owners[1].reportsTo: goes in a circle: b → c → b',
		]);
	});

	test.each([
		[{ validFrom: '2026-02-01', validTo: '2026-02-01' }, 'promises[0].validTo: must be later than validFrom'],
		[
			{ validFrom: '2026-02-01T10:00:00+02:00', validTo: '2026-02-01T07:59:00Z' },
			'promises[0].validTo: must be later than validFrom',
		],
		[{ rule: { ...byRule, end: 'ordered' } }, 'promises[0].rule.end: must be another moment than start'],
		[
			{ rule: { ...byRule, due: { property: 'revenue' } } },
			'promises[0].rule.due.property: must be properties.<path>, where a date can stand',
		],
		[
			{ rule: { ...byRule, voidedBy: ['delivered'] } },
			'promises[0].rule.voidedBy[0]: "delivered" is already what the rule judges',
		],
		[
			{ rule: { ...byRule, voidedBy: ['cancelled'], failedBy: ['cancelled'] } },
			'promises[0].rule.failedBy[0]: "cancelled" cannot both void and fail it',
		],
		[
			{ rule: { kind: 'felt', moment: 'delivered', scale: 'csat-5', atLeast: 6 } },
			'promises[0].rule.atLeast: must be from 1 to 5 on csat-5',
		],
	])('a promise with %j cannot be judged', (extra, problem) => {
		expect(problemsOf({ moments: delivery, promises: [promise('it', extra)] })).toEqual([problem]);
	});

	test('nothing may happen again: a rule of never may start and be broken by the same moment', () => {
		const rule = { kind: 'never', start: 'lost', event: 'lost', within: '7d' };
		expect(problemsOf({ moments: delivery, promises: [promise('it', { rule })] })).toEqual([]);
	});
});
