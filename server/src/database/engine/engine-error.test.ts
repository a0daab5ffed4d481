import { describe, expect, it } from 'vitest';
import { EngineError, engineErrorFrom, statusOf } from './engine-error.ts';

describe('an error of the engine', () => {
	it('is taken apart and put together as a server writes it', () => {
		const error = engineErrorFrom(
			new Error('Code: 60. DB::Exception: Table d.t does not exist. (UNKNOWN_TABLE)'),
		);
		expect(error).toMatchObject({ code: 60, codeName: 'UNKNOWN_TABLE', message: 'Table d.t does not exist' });
		expect(error.wireText).toBe('Code: 60. DB::Exception: Table d.t does not exist. (UNKNOWN_TABLE)');
		expect(statusOf(error)).toBe(404);
	});

	it('keeps every line of the message', () => {
		const text =
			'Code: 27. DB::Exception: Cannot parse input: (at row 2)\n: \nRow 1:\nColumn 0. (CANNOT_PARSE_INPUT)';
		expect(engineErrorFrom(new Error(text))).toMatchObject({ code: 27, codeName: 'CANNOT_PARSE_INPUT' });
		expect(engineErrorFrom(new Error(text)).message).toContain('\nRow 1:');
	});

	it('that is none of the engine gets a code all the same', () => {
		expect(engineErrorFrom(new TypeError('what'))).toMatchObject({ code: 1002, message: 'what' });
	});

	it('of overload asks the client to come again', () => {
		expect(statusOf(new EngineError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', 'full'))).toBe(503);
	});
});
