import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ColumnsTarget, columnsTargets } from '../testing/columns-targets.ts';

describe.each(columnsTargets())('the stock client against %s', (_name, open) => {
	let target: ColumnsTarget;
	let client: ClickHouseClient;

	beforeAll(async () => {
		target = await open();
		client = target.connect({
			database: target.database,
			clickhouse_settings: { async_insert: 0, output_format_json_quote_64bit_integers: 1 },
		});
		await client.command({
			query:
				"CREATE TABLE things (id UInt64, name String, at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY id",
		});
	}, 60_000);
	afterAll(async () => {
		await client.close();
		await target.close();
	});

	const json = async (query: string, more: object = {}): Promise<unknown> =>
		(await client.query({ query, format: 'JSONEachRow', ...more })).json();
	const countThings = (where: string) => json(`SELECT count() AS n FROM things WHERE ${where}`);

	it('answers a ping, with and without a question', async () => {
		expect(await client.ping()).toEqual({ success: true });
		expect(await client.ping({ select: true })).toEqual({ success: true });
	});

	it('refuses a stranger', async () => {
		const stranger = target.connect({ password: 'wrong' });
		await expect(stranger.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '516' });
		expect((await stranger.ping({ select: true })).success).toBe(false);
		await stranger.close();
	});

	it.each([
		'JSON',
		'JSONCompact',
		'JSONEachRow',
		'JSONCompactEachRow',
		'CSV',
		'TabSeparated',
		'JSONColumnsWithMetadata',
		'CSVWithNames',
	] as const)('answers in %s', async format => {
		const result = await client.query({ query: "SELECT 1 AS a, 'x' AS b", format });
		expect(result.response_headers['x-clickhouse-format']).toBe(format);
		expect(result.query_id).not.toBe('');
		expect(await result.text()).toContain('x');
	});

	it('keeps 64-bit integers whole', async () => {
		expect(await json('SELECT 18446744073709551615::UInt64 AS u, -9223372036854775808::Int64 AS i')).toEqual([
			{ u: '18446744073709551615', i: '-9223372036854775808' },
		]);
	});

	it('binds parameters of every kind, with milliseconds', async () => {
		const text = "it's \\ \t\n {x:String} 😀";
		const answer = await json(
			"SELECT {text:String} AS text, {list:Array(String)} AS list, {at:DateTime64(3, 'UTC')} AS at, {map:Map(String, UInt8)}['b'] AS b, {none:Nullable(String)} AS none",
			{
				query_params: {
					text,
					list: [text, ''],
					at: new Date('2024-05-01T10:00:00.567Z'),
					map: { a: 1, b: 2 },
					none: null,
				},
			},
		);
		expect(answer).toEqual([{ text, list: [text, ''], at: '2024-05-01 10:00:00.567', b: 2, none: null }]);
		expect(
			await json('SELECT count() AS n FROM {table:Identifier} WHERE id = 999', {
				query_params: { table: 'things' },
			}),
		).toEqual([{ n: '0' }]);
	});

	it('binds parameters side by side without mixing them up', async () => {
		const numbers = Array.from({ length: 200 }, (_, index) => index);
		const answers = await Promise.all(
			numbers.map(n => json('SELECT {n:UInt32} AS n', { query_params: { n } })),
		);
		expect(answers).toEqual(numbers.map(n => [{ n }]));
	});

	it('sends parameters in a form when they are told to', async () => {
		expect(
			await json('SELECT {n:UInt32} AS n', { query_params: { n: 7 }, use_multipart_params: true }),
		).toEqual([{ n: 7 }]);
	});

	it('takes settings for one statement and forgets them', async () => {
		const threads =
			"SELECT getSetting('max_threads')::UInt32 AS threads, getSetting('max_block_size')::UInt32 AS block";
		const before = await json(threads);
		expect(await json(threads, { clickhouse_settings: { max_threads: 1, max_block_size: '1234' } })).toEqual([
			{ threads: 1, block: 1234 },
		]);
		for (let again = 0; again < 8; again++) expect(await json(threads)).toEqual(before);
		await expect(json('SELECT 1', { clickhouse_settings: { no_such_setting: 1 } })).rejects.toMatchObject({
			code: '115',
		});
	});

	it('obeys settings in the statement itself', async () => {
		expect(await json("SELECT getSetting('max_threads')::UInt32 AS n SETTINGS max_threads = 3")).toEqual([
			{ n: 3 },
		]);
	});

	it('lets a reader change nothing', async () => {
		const readonly = { clickhouse_settings: { readonly: '1' } };
		await expect(json('SELECT 1 SETTINGS max_threads = 1', readonly)).rejects.toMatchObject({ code: '164' });
		await expect(client.command({ query: 'DROP TABLE things', ...readonly })).rejects.toMatchObject({
			code: '164',
		});
		expect(await json('SELECT 1 AS one', readonly)).toEqual([{ one: 1 }]);
	});

	it.each([
		['SELEC 1', '62', 'SYNTAX_ERROR'],
		['SELECT * FROM nowhere', '60', 'UNKNOWN_TABLE'],
		['SELECT nothing FROM things', '47', 'UNKNOWN_IDENTIFIER'],
		['SELECT {x:String}', '456', 'UNKNOWN_QUERY_PARAMETER'],
		['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR'],
		["SELECT throwIf(1, 'because')", '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
	])('says what is wrong with %j', async (query, code, type) => {
		await expect(json(query)).rejects.toMatchObject({ name: 'Error', code, type });
	});

	it('gives a clean answer after a failed one', async () => {
		const failing =
			'SELECT number, throwIf(number = 99999) FROM numbers(100000) SETTINGS max_block_size = 100';
		for (let round = 0; round < 20; round++) {
			await expect(json(failing, { clickhouse_settings: { wait_end_of_query: 1 } })).rejects.toMatchObject({
				code: '395',
			});
			expect(await json('SELECT 42 AS answer')).toEqual([{ answer: 42 }]);
		}
	});

	it('tells of a failure after the first rows were sent', async () => {
		const failing =
			'SELECT number, throwIf(number = 2999999) FROM numbers(3000000) SETTINGS max_block_size = 100000';
		await expect(json(failing)).rejects.toMatchObject({ code: '395' });
		expect(await json('SELECT 42 AS answer')).toEqual([{ answer: 42 }]);
	});

	it('streams a million rows', async () => {
		const result = await client.query({
			query: "SELECT number AS n, repeat('x', 20) AS s FROM numbers(1000000)",
			format: 'JSONCompactEachRow',
		});
		let rows = 0;
		let last: unknown;
		for await (const chunk of result.stream()) {
			rows += chunk.length;
			last = chunk.at(-1)?.json();
		}
		expect(rows).toBe(1_000_000);
		expect(last).toEqual(['999999', 'x'.repeat(20)]);
	});

	it('runs slow questions side by side', async () => {
		const started = performance.now();
		await Promise.all(Array.from({ length: 3 }, () => json('SELECT sleep(0.5)')));
		expect(performance.now() - started).toBeLessThan(1_400);
	});

	const endless = (mark: string) =>
		`SELECT count() AS n FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number, '${mark}'))`;
	const running = async (mark: string): Promise<boolean> => {
		const found = await client.query({
			query:
				"SELECT count() FROM system.processes WHERE position(query, {mark:String}) > 0 AND position(query, 'system.processes') = 0",
			query_params: { mark },
			format: 'TabSeparated',
		});
		return (await found.text()).trim() !== '0';
	};
	const until = async (state: boolean, mark: string): Promise<void> => {
		const deadline = Date.now() + 15_000;
		while ((await running(mark)) !== state) {
			if (Date.now() > deadline)
				throw new Error(`The statement ${mark} did not become ${state ? 'running' : 'ended'}`);
		}
	};

	it('stops a statement whose client went away', async () => {
		const controller = new AbortController();
		const asked = client.query({
			query: endless('went-away'),
			abort_signal: controller.signal,
			clickhouse_settings: { cancel_http_readonly_queries_on_client_close: 1 },
		});
		await until(true, 'went-away');
		controller.abort();
		await expect(asked).rejects.toThrow('aborted');
		await until(false, 'went-away');
	});

	it('stops a statement by its query id', async () => {
		const asked = client.query({ query: endless('killed'), query_id: `${target.database}-killed` });
		const ended = expect(asked).rejects.toMatchObject({ code: '394' });
		await until(true, 'killed');
		await client.command({ query: `KILL QUERY WHERE query_id = '${target.database}-killed' ASYNC` });
		await ended;
	});

	it('stops a statement at its limits', async () => {
		await expect(
			json(endless('timed'), { clickhouse_settings: { max_execution_time: 1 } }),
		).rejects.toMatchObject({ code: '159' });
		const greedy = 'SELECT groupArray(number) FROM numbers(100000000)';
		await expect(
			json(greedy, { clickhouse_settings: { max_memory_usage: '50000000' } }),
		).rejects.toMatchObject({ code: '241' });
		expect(await json('SELECT 42 AS answer')).toEqual([{ answer: 42 }]);
	});

	it('speaks plain HTTP', async () => {
		const { hostname, port } = new URL(target.url);
		const call = (path: string, body: string | Buffer | undefined, headers: Record<string, string> = {}) =>
			new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; text: string }>(
				(resolve, reject) => {
					const sent = httpRequest({
						hostname,
						port,
						path,
						method: body === undefined ? 'GET' : 'POST',
						auth: `${target.username}:${target.password}`,
						headers,
					});
					sent.on('error', reject);
					sent.on('response', async response => {
						const chunks = await response.toArray();
						resolve({
							status: response.statusCode,
							headers: response.headers,
							text: Buffer.concat(chunks).toString(),
						});
					});
					sent.end(body);
				},
			);
		expect(await call('/ping', undefined)).toMatchObject({ status: 200, text: 'Ok.\n' });
		expect(await call('/?query=SELECT+1', undefined)).toMatchObject({ status: 200, text: '1\n' });
		expect(await call('/?default_format=JSONCompactEachRow', 'SELECT 1, 2')).toMatchObject({
			text: '[1, 2]\n',
		});
		expect(await call('/?param_x=5', 'SELECT {x:UInt8} + 1')).toMatchObject({ text: '6\n' });
		expect(await call(`/?query=DROP+TABLE+${target.database}.things`, undefined)).toMatchObject({
			status: expect.any(Number),
			text: expect.stringContaining('READONLY'),
		});
		expect(await call('/', gzipSync('SELECT 7'), { 'Content-Encoding': 'gzip' })).toMatchObject({
			text: '7\n',
		});
		expect(
			await call(
				`/?database=${target.database}`,
				'INSERT INTO things (id, name) FORMAT TSV\n40000\tfrom the body\n',
			),
		).toMatchObject({ status: 200 });
		expect(await countThings('id = 40000')).toEqual([{ n: '1' }]);
		const failed = await call('/', 'SELECT * FROM nowhere');
		expect(failed).toMatchObject({ status: 404, headers: { 'x-clickhouse-exception-code': '60' } });
		const summed = await call('/?wait_end_of_query=1', 'SELECT count() FROM numbers(1000)');
		expect(summed.headers['x-clickhouse-summary']).toMatch(/"read_rows":"\d+"/);
		expect((await call('/', '')).status).toBe(400);
	});
});
