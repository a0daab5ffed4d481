import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { channels, stages } from '../moments/moment.ts';
import { type Definitions, definitionsSchema } from './definitions.ts';
import { readDefinitionsFile, writeDefinitionsFile } from './definitions-file.ts';

const kettles = `touchstone: 1
company:
  name: Kettle & Co
owners:
  - id: chief
    name: Ada Bell
    businessFunction: marketing
moments:
  - id: ordered
    name: Order placed
    stage: buy
    channel: web
    owner: chief
    claims:
      - event: Order Completed
        where:
          - property: cart.total
            atLeast: 100
  - id: delivered
    name: Kettle delivered
    stage: buy
    channel: delivery
    physical: true
promises:
  - id: in-two-days
    wording: "Yours in two days: guaranteed"
    moment: delivered
    rule:
      kind: by
      start: ordered
      end: delivered
      due:
        within: 48h
`;

function read(text: string): Definitions {
	const answer = readDefinitionsFile(text);
	if (answer.kind === 'read') return answer.definitions;
	throw new Error(JSON.stringify(answer.problems));
}

function problemsOf(text: string): string[] {
	const answer = readDefinitionsFile(text);
	return answer.kind === 'read'
		? []
		: answer.problems.map(({ line, column, place, reason }) => `${line}:${column} ${place}: ${reason}`);
}

describe('touchstone.yaml', () => {
	test('says in few words what is read with all defaults', () => {
		const definitions = read(kettles);
		expect(definitions.company).toEqual({ name: 'Kettle & Co', currency: 'EUR', timeZone: 'UTC' });
		expect(definitions.promises[0]).toMatchObject({ explicit: true, target: 0.95, saidIn: [] });
		expect(definitions.moments[0]?.claims[0]?.where).toEqual([{ property: 'cart.total', atLeast: 100 }]);
	});

	test('is written again as it was, without defaults and in the order of the schema', () => {
		const written = writeDefinitionsFile(read(kettles));
		expect(written).toBe(kettles);
	});

	test('JSON is read too', () => {
		expect(read(JSON.stringify(read(kettles)))).toEqual(read(kettles));
	});

	test('text that is not YAML is refused with its line', () => {
		expect(problemsOf('touchstone: 1\ncompany: {name: Kettle\nowners: []\n')[0]).toMatch(/^[23]:\d+ : /);
		expect(problemsOf('touchstone: 1\ntouchstone: 1\ncompany: {name: K}\n')).toEqual([
			'2:1 : Map keys must be unique',
		]);
	});

	test('a field that does not fit, is missing or is not known is named with its line', () => {
		const text = kettles
			.replace('stage: buy', 'stage: sell')
			.replace('    name: Kettle delivered\n', '')
			.replace('physical: true', 'phisical: true')
			.replace('atLeast: 100', 'moreThan: 100');
		expect(problemsOf(text)).toEqual([
			'11:5 moments[0].stage: Invalid option: expected one of "discover"|"evaluate"|"buy"|"first-use"|"use"|"support"|"renew"|"advocate"',
			'17:13 moments[0].claims[0].where[0]: must be a property and one of is, isNot, oneOf, exists, atLeast, atMost or startsWith',
			'19:5 moments[1].name: Invalid input: expected string, received undefined',
			'22:5 moments[1].phisical: is not a field known here',
		]);
	});

	test('names that nothing bears are refused with their line', () => {
		expect(problemsOf(kettles.replace('start: ordered', 'start: odrered'))).toEqual([
			'30:7 promises[0].rule.start: there is no moment "odrered"',
		]);
	});

	test('an empty file, a list and a file of another version are refused', () => {
		expect(problemsOf('')).toEqual(['1:1 : Invalid input: expected object, received null']);
		expect(problemsOf('- 1\n')).toEqual(['1:1 : Invalid input: expected object, received array']);
		expect(problemsOf(kettles.replace('touchstone: 1', 'touchstone: 2'))).toEqual([
			'1:1 touchstone: Invalid input: expected 1',
		]);
	});

	test('aliases that unfold without end are refused, not followed', () => {
		const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh']
			.map((name, place) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[place]}`).join(',')}]`)
			.join('\n')}\n`;
		expect(problemsOf(bomb)).toEqual([expect.stringMatching(/alias/i)]);
	});

	test('whatever is defined, written and read again, is the same, and so is the text', () => {
		fc.assert(
			fc.property(anyDefinitions(), definitions => {
				const text = writeDefinitionsFile(definitions);
				expect(read(text)).toEqual(definitions);
				expect(writeDefinitionsFile(read(text))).toBe(text);
			}),
			{ numRuns: 40 },
		);
	}, 60_000);
});

/** Text knows no negative zero. */
function withoutSign(number: number): number {
	return number === 0 ? 0 : number;
}

function anyDefinitions(): fc.Arbitrary<Definitions> {
	const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
	const scalar = fc.oneof(
		words,
		fc.integer(),
		fc.boolean(),
		fc.double({ noNaN: true, noDefaultInfinity: true }).map(withoutSign),
	);
	const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
	const duration = fc.constantFrom('90s', '48h', '30d', '2w');
	const withdrawals = {
		failedBy: fc.constantFrom([], ['m-3']),
		voidedBy: fc.constantFrom(undefined, ['m-2']),
	};
	const moments = fc
		.array(
			fc.record({
				name: words,
				description: maybe(words),
				stage: fc.constantFrom(...stages),
				channel: fc.constantFrom(...channels),
				physical: fc.boolean(),
				owner: maybe(fc.constantFrom('o-0', 'o-1')),
				claims: fc.array(
					fc.record({
						event: words,
						where: fc.array(
							fc.oneof(
								fc.record({ property: words, is: scalar }),
								fc.record({ property: words, oneOf: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
								fc.record({ property: words, exists: fc.boolean() }),
							),
							{ maxLength: 3 },
						),
					}),
					{ maxLength: 3 },
				),
			}),
			{ minLength: 4, maxLength: 6 },
		)
		.map(list => list.map((item, place) => ({ id: `m-${place}`, ...item })));
	const rule = fc.oneof(
		fc.record({
			kind: fc.constant('by'),
			start: fc.constant('m-0'),
			end: fc.constant('m-1'),
			due: fc.oneof(
				fc.record({ within: duration }),
				fc.record({ property: fc.constant('properties.due'), endOfDay: fc.boolean() }),
			),
			ifMissing: fc.constantFrom('broken', 'unknown'),
			...withdrawals,
		}),
		fc.record({
			kind: fc.constant('value'),
			moment: fc.constant('m-0'),
			measure: fc.constant('waitSeconds'),
			comparison: fc.constantFrom('at-most', 'equal'),
			promised: fc.oneof(
				fc.record({ constant: fc.integer() }),
				fc.record({ measure: fc.constant('revenue') }),
			),
			tolerance: fc.integer({ min: 0, max: 5 }),
			...withdrawals,
		}),
		fc.record({
			kind: fc.constant('felt'),
			moment: fc.constant('m-0'),
			scale: fc.constant('nps'),
			atLeast: fc.constant(8),
			within: duration,
		}),
	);
	const promises = fc
		.array(
			fc.record({
				wording: words,
				explicit: fc.boolean(),
				saidIn: fc.array(
					fc.record({
						kind: fc.constant('page'),
						where: words,
						channel: maybe(fc.constantFrom(...channels)),
					}),
					{ maxLength: 2 },
				),
				validFrom: maybe(fc.constant('2026-01-01')),
				target: fc.double({ min: 0, max: 1, noNaN: true }).map(withoutSign),
				keptBy: maybe(fc.constant('o-1')),
				rule: maybe(rule),
			}),
			{ maxLength: 3 },
		)
		.map(list => list.map((item, place) => ({ id: `p-${place}`, ...item })));
	return fc
		.record({ name: words, moments, promises, unitName: words })
		.map(({ name, unitName, moments, promises }) =>
			definitionsSchema.parse({
				touchstone: 1,
				company: { name },
				units: [
					{ id: 'NO', name: unitName },
					{ id: '1e3', name: unitName, parent: 'NO' },
				],
				owners: [
					{ id: 'o-0', name, businessFunction: 'service' },
					{ id: 'o-1', name, businessFunction: 'service', reportsTo: 'o-0' },
				],
				moments,
				promises,
			}),
		);
}
