import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { asUnavailable } from './postgres-unavailable.ts';
import { StoreUnavailable } from './store-unavailable.ts';

describe('an error of PostgreSQL', () => {
	test.each(['08006', '53300', '57P01', '57P02', '57P03', '25006'])('with state %s is an outage', state => {
		expect(asUnavailable(refusal(state))).toBeInstanceOf(StoreUnavailable);
	});

	test.each(['23505', '42P01', '42501', '57014', '40001'])('with state %s is an answer', state => {
		const error = refusal(state);
		expect(asUnavailable(error)).toBe(error);
	});

	test('of the network is an outage that keeps its cause', () => {
		const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
		expect(asUnavailable(error)).toMatchObject({ store: 'postgres', retryAfterSeconds: 2, cause: error });
		expect(asUnavailable(new Error('Connection terminated unexpectedly'))).toBeInstanceOf(StoreUnavailable);
	});

	test('that is anything else is passed on', () => {
		const error = new TypeError('Connection is not a function');
		expect(asUnavailable(error)).toBe(error);
		expect(asUnavailable('text')).toBe('text');
	});
});

function refusal(state: string): pg.DatabaseError {
	return Object.assign(new pg.DatabaseError('refused', 7, 'error'), { code: state });
}
