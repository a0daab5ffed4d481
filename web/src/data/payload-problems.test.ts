import { describe, expect, it } from 'vitest';
import { editablePayload, readPayload } from './payload-problems.ts';

describe('a refused item that is being corrected', () => {
	const good = { id: 'a', event: 'Order Placed', time: '2026-03-01T09:30:00Z', customer: 'c' };

	it('is held against what the address it came to takes', () => {
		expect(readPayload(JSON.stringify(good), '/v1/interactions')).toEqual({
			kind: 'read',
			payload: good,
			problems: [],
		});
		expect(readPayload(JSON.stringify({ ...good, time: 'yesterday' }), '/v1/interactions')).toMatchObject({
			problems: [{ field: 'time', reason: expect.stringContaining('ISO 8601') }],
		});
		expect(readPayload(JSON.stringify(good), '/v1/feedback')).toMatchObject({
			problems: expect.arrayContaining([{ field: 'score', reason: 'a score or words are needed' }]),
		});
		expect(readPayload('{"anything":1}', '/v1/track')).toMatchObject({ kind: 'read', problems: [] });
	});

	it('must be a JSON object', () => {
		expect(readPayload('{"id":', '/v1/track')).toMatchObject({ kind: 'not-json' });
		expect(readPayload('[1]', '/v1/track')).toEqual({ kind: 'not-an-object' });
	});

	it('is shown on several lines, and as it is where it was cut', () => {
		expect(editablePayload('{"a":1}')).toEqual({ text: '{\n  "a": 1\n}', notUnderstood: [] });
		expect(editablePayload('{"a":1,"b"')).toEqual({ text: '{"a":1,"b"', notUnderstood: [] });
	});
});
