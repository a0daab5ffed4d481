import type { IncomingMessage } from 'node:http';

/** What one HTTP request asks, apart from its body. */
export type FacadeRequest = {
	readonly query: string;
	readonly queryId: string | undefined;
	readonly database: string | undefined;
	readonly defaultFormat: string;
	/** Collect the whole answer before sending its first byte, so that every failure still has a status. */
	readonly waitForEnd: boolean;
	readonly compressAnswer: boolean;
	readonly settings: readonly (readonly [name: string, value: string])[];
	readonly parameters: readonly (readonly [name: string, value: string])[];
	readonly refused: string | undefined;
};

/** Names in the query string that steer the request itself and are no settings of the engine. */
const steering = new Set([
	'query',
	'query_id',
	'database',
	'default_format',
	'user',
	'password',
	'quota_key',
	'wait_end_of_query',
	'buffer_size',
	'enable_http_compression',
	'http_zlib_compression_level',
	'close_session',
	'session_timeout',
	'session_check',
	'role',
	'client_protocol_version',
	'stacktrace',
]);

/** Features of a server that the embedded engine cannot have; silence would be a wrong answer. */
const refusals: Readonly<Record<string, string>> = {
	session_id: 'Sessions are not kept: every statement stands alone',
	compress: 'The native compressed protocol is not spoken; use HTTP compression',
	decompress: 'The native compressed protocol is not spoken; use HTTP compression',
};

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads the query string and headers as a ClickHouse server does. */
export function readFacadeRequest(
	request: Pick<IncomingMessage, 'url' | 'method' | 'headers'>,
): FacadeRequest {
	const search = new URL(request.url ?? '/', 'http://engine').searchParams;
	const settings: [string, string][] = [];
	const parameters: [string, string][] = [];
	let refused: string | undefined;
	for (const [name, value] of search) {
		if (name.startsWith('param_')) parameters.push([name.slice('param_'.length), value]);
		else if (name in refusals && value !== '0' && value !== '') refused ??= refusals[name];
		else if (!steering.has(name) && !(name in refusals)) settings.push([name, value]);
	}
	const malformed = [...settings, ...parameters].find(([name]) => !plainName.test(name));
	if (malformed !== undefined)
		refused ??= `${JSON.stringify(malformed[0])} is no name of a setting or parameter`;
	const defaultFormat =
		search.get('default_format') ?? header(request, 'x-clickhouse-format') ?? 'TabSeparated';
	if (!plainName.test(defaultFormat)) refused ??= `${JSON.stringify(defaultFormat)} is no name of a format`;
	if (request.method === 'GET' && !settings.some(([name]) => name === 'readonly'))
		settings.push(['readonly', '2']);
	return {
		query: search.get('query') ?? '',
		queryId: search.get('query_id') ?? undefined,
		database: search.get('database') ?? header(request, 'x-clickhouse-database'),
		defaultFormat,
		waitForEnd: isOn(search.get('wait_end_of_query')),
		compressAnswer: isOn(search.get('enable_http_compression')),
		settings,
		parameters,
		refused,
	};
}

function header(request: Pick<IncomingMessage, 'headers'>, name: string): string | undefined {
	const value = request.headers[name];
	return typeof value === 'string' ? value : undefined;
}

function isOn(value: string | null): boolean {
	return value === '1' || value === 'true';
}
