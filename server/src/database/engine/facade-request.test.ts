import { describe, expect, it } from 'vitest';
import { readFacadeRequest } from './facade-request.ts';

const read = (url: string, method = 'POST', headers: Record<string, string> = {}) =>
	readFacadeRequest({ url, method, headers });

describe('a request to the engine', () => {
	it('is split into what steers it, settings and parameters', () => {
		const asked = read(
			'/?query=select+1&query_id=q&database=d&param_x=a%27b&max_threads=2&wait_end_of_query=1',
		);
		expect(asked).toMatchObject({
			query: 'select 1',
			queryId: 'q',
			database: 'd',
			waitForEnd: true,
			compressAnswer: false,
			settings: [['max_threads', '2']],
			parameters: [['x', "a'b"]],
			refused: undefined,
		});
	});

	it('by GET changes nothing', () => {
		expect(read('/?query=select+1', 'GET').settings).toEqual([['readonly', '2']]);
		expect(read('/?query=select+1&readonly=1', 'GET').settings).toEqual([['readonly', '1']]);
	});

	it('takes its format from the query string before the header, and tab-separated otherwise', () => {
		expect(read('/').defaultFormat).toBe('TabSeparated');
		expect(read('/', 'POST', { 'x-clickhouse-format': 'CSV' }).defaultFormat).toBe('CSV');
		expect(read('/?default_format=JSON', 'POST', { 'x-clickhouse-format': 'CSV' }).defaultFormat).toBe(
			'JSON',
		);
	});

	it('is refused when it asks for something that would silently not happen', () => {
		expect(read('/?session_id=s').refused).toMatch(/stands alone/);
		expect(read('/?compress=1').refused).toMatch(/HTTP compression/);
		expect(read('/?compress=0').refused).toBeUndefined();
	});

	it('cannot smuggle SQL in a name', () => {
		expect(read('/?a%3D1%3B+drop+table+t+--=1').refused).toMatch(/no name of a setting/);
		expect(read('/?param_a%3D1=1').refused).toMatch(/no name of a setting/);
		expect(read('/?default_format=CSV%3B').refused).toMatch(/no name of a format/);
	});
});
