import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anonymousPerson } from '../customers/person.ts';
import { type InteractionRow, interactionColumns, interactionLine } from './interaction-row.ts';

const row: InteractionRow = {
	person: anonymousPerson('tablet-7'),
	id: 'm-1',
	time: 1,
	receivedAt: 2,
	originalTime: null,
	sentAt: 3,
	type: 'track',
	event: 'Delivered',
	subject: '',
	account: '',
	anonymousId: 'tablet-7',
	unit: '',
	channel: 'web',
	campaign: '',
	agent: '',
	outcome: '',
	durationSeconds: null,
	waitSeconds: 1.5,
	revenue: '-12.50',
	cost: null,
	currency: 'EUR',
	reach: 7,
	properties: { a: { b: [1] } },
	context: {},
	source: 'till',
};
const stamp = { workspace: 'main', moment: 'delivered', namedBy: 4, version: 1_785_000_000_000_000 };

function written(given: InteractionRow): Record<string, unknown> {
	const values: unknown = JSON.parse(`[0,${interactionLine(given, stamp)}`);
	if (!Array.isArray(values)) throw new Error('a line is a list');
	expect(values).toHaveLength(interactionColumns.length);
	return Object.fromEntries(interactionColumns.map((name, index) => [name, values[index]]));
}

describe('a line of the log', () => {
	test('holds every column in its place', () => {
		expect(written(row)).toMatchObject({
			workspace: 'main',
			person: 'anon:tablet-7',
			moment: 'delivered',
			named_by: 4,
			original_time: null,
			sent_at: 3,
			wait_seconds: 1.5,
			revenue: -12.5,
			properties: { a: { b: [1] } },
			version: 1_785_000_000_000_000,
			is_deleted: 0,
		});
	});

	test('whatever stands in texts and properties, it is one line of valid JSON without halves of surrogate pairs', () => {
		const broken = fc.string({ unit: 'binary', maxLength: 20 }).map(text => `${text}\ud800\\ud801\\\udfff"`);
		fc.assert(
			fc.property(broken, fc.dictionary(broken, broken, { maxKeys: 3 }), (text, properties) => {
				const line = interactionLine({ ...row, subject: text, properties }, stamp);
				expect(line).not.toContain('\n');
				const read = written({ ...row, subject: text, properties });
				expect(read.subject).toBe(text.toWellFormed());
				expect(JSON.stringify(read.properties).isWellFormed()).toBe(true);
				expect(/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(read.properties))).toBe(false);
			}),
		);
	});
});
