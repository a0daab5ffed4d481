import { describe, expect, test } from 'vitest';
import { checkEmbedded, checkHealth, type Health } from './checks.ts';

const now = new Date('2026-03-01T12:00:00Z');
const health: Health = {
	version: '1.2.3',
	node: '24.1.0',
	now: now.toISOString(),
	dataFolder: '/data',
	freeBytes: 50e9,
	stores: [
		{ store: 'postgres', place: 'embedded', answers: true, detail: '18.4' },
		{ store: 'columns', place: 'server', answers: true, detail: '26.5' },
	],
	inbox: { rows: 0, bytes: 0, waitedSeconds: null },
};
const caller = { version: '1.2.3', now, tookMs: 20 };

function states(changed: Partial<Health>): string[] {
	return checkHealth({ ...health, ...changed }, caller).map(({ about, state }) => `${about} ${state}`);
}

describe('the doctor', () => {
	test('finds nothing wrong with a sound installation', () => {
		expect(states({})).toEqual([
			'version fine',
			'PostgreSQL fine',
			'ClickHouse fine',
			'inbox fine',
			'disk fine',
			'clock fine',
		]);
	});

	test('finds a store that does not answer, and says what to do about it', () => {
		const [postgres] = health.stores;
		const checks = checkHealth(
			{
				...health,
				stores: [{ ...postgres, store: 'columns', place: 'server', answers: false, detail: 'refused' }],
			},
			caller,
		);
		expect(checks).toContainEqual({
			state: 'wrong',
			about: 'ClickHouse',
			found: 'does not answer: the server named by CLICKHOUSE_URL, refused',
			advice:
				'See whether that server runs and CLICKHOUSE_URL of the product is right, with a user who may log in.',
		});
	});

	test.each([
		[{ rows: 300, bytes: 9_000, waitedSeconds: 0.4 }, 'inbox fine'],
		[{ rows: 3_000_000, bytes: 9e7, waitedSeconds: 70 }, 'inbox look'],
		[{ rows: 3_000_000, bytes: 9e7, waitedSeconds: 1_000 }, 'inbox wrong'],
		[null, 'inbox look'],
	])('when %j waits for the log says %s', (inbox, expected) => {
		expect(states({ inbox })).toContain(expected);
	});

	test.each([
		[50e9, 'disk fine'],
		[4.9e9, 'disk look'],
		[0.9e9, 'disk wrong'],
		[null, 'disk look'],
	])('with %j bytes free says %s', (freeBytes, expected) => {
		expect(states({ freeBytes })).toContain(expected);
	});

	test.each([
		['2026-03-01T12:00:04Z', 'clock fine'],
		['2026-03-01T12:00:06Z', 'clock wrong'],
		['2026-03-01T11:59:54Z', 'clock wrong'],
	])('when the server says it is %s finds the %s', (server, expected) => {
		expect(states({ now: server })).toContain(expected);
	});

	test('allows for an answer that was long on its way', () => {
		const checks = checkHealth({ ...health, now: '2026-03-01T12:00:06Z' }, { ...caller, tookMs: 4_000 });
		expect(checks.at(-1)).toMatchObject({ about: 'clock', state: 'fine' });
	});

	test('notices a command line of another version', () => {
		expect(states({ version: '1.3.0' })).toContain('version look');
	});

	test('knows where embedded stores run', () => {
		expect(checkEmbedded({ platform: 'linux x64', missingPackages: [] })).toMatchObject([{ state: 'fine' }]);
		expect(checkEmbedded({ platform: 'linux x64', missingPackages: ['chdb'] })).toMatchObject([
			{ state: 'wrong' },
		]);
		expect(checkEmbedded({ platform: 'win32 x64', missingPackages: [] })).toMatchObject([{ state: 'wrong' }]);
	});
});
