import type { Met } from '@touchstone/domain/interactions/tail.contract';
import { describe, expect, it } from 'vitest';
import { evidenceLine } from './evidence-line.ts';

const met = (id: string, time: string): Met => ({
	id,
	customer: 'C-1',
	time,
	type: 'interaction',
	event: id,
	moment: '',
	subject: 'order-1',
	account: '',
	unit: '',
	channel: 'web',
	campaign: '',
	agent: '',
	outcome: '',
	durationSeconds: null,
	waitSeconds: null,
	revenue: null,
	cost: null,
	currency: '',
	reach: null,
	properties: {},
	source: '',
});
const ordered = met('ordered', '2026-03-01T09:00:00.000Z');
const delivered = met('delivered', '2026-03-05T09:00:00.000Z');

describe('what proves a verdict', () => {
	it('stands in order of time, with the time it was due between', () => {
		const line = evidenceLine(
			{ interactions: [delivered, ordered], feedback: [] },
			'2026-03-03T22:00:00.000Z',
		);
		expect(line.map(({ kind, time }) => `${kind} ${time.slice(0, 10)}`)).toEqual([
			'met 2026-03-01',
			'due 2026-03-03',
			'met 2026-03-05',
		]);
	});

	it('has no due time where nothing falls due', () => {
		expect(evidenceLine({ interactions: [ordered], feedback: [] }, null)).toHaveLength(1);
	});
});
