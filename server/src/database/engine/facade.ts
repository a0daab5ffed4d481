import { isUtf8 } from 'node:buffer';
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ChdbEngine, EngineAnswer, EngineRows, EngineStatement } from './chdb-engine.ts';
import { EngineError, engineErrorFrom, statusOf } from './engine-error.ts';
import { type FacadeRequest, readFacadeRequest } from './facade-request.ts';
import { Lanes } from './lanes.ts';
import { BodyBudget } from './request-body.ts';
import { onlyReads, readStatementText, type StatementText } from './statement-text.ts';

export type FacadeOptions = {
	readonly engine: ChdbEngine;
	readonly token: string;
	/** Settings every statement starts from, like the profile of a server's user; a request's own settings win. */
	readonly profile: Readonly<Record<string, string>>;
};

export type Facade = {
	readonly port: number;
	/** Takes no more statements, waits for those that run (reads are stopped), and closes the door. */
	drain(): Promise<void>;
};

/** Opens the engine to HTTP clients on this machine, on a port the system picks. */
export async function openFacade(options: FacadeOptions): Promise<Facade> {
	const facade = new FacadeServer(options);
	const port = await facade.listen();
	return { port, drain: () => facade.drain() };
}

const gzipped = promisify(gzip);

class FacadeServer {
	readonly #engine: ChdbEngine;
	readonly #profile: readonly (readonly [string, string])[];
	readonly #tokenDigest: Buffer;
	readonly #server: Server;
	readonly #reads = new Lanes({ running: 4, waiting: 256 });
	readonly #inserts = new Lanes({ running: 2, waiting: 64 });
	/** Statements that change something by themselves (`INSERT … SELECT`, DDL) must not hold up arriving rows. */
	readonly #work = new Lanes({ running: 2, waiting: 64 });
	readonly #bodies = new BodyBudget({ oneBytes: 128 * 2 ** 20, allBytes: 192 * 2 ** 20 });
	readonly #readsInHand = new Set<AbortController>();
	readonly #inHand = new Set<Promise<void>>();
	readonly #marksByQueryId = new Map<string, string>();
	#draining = false;

	constructor(options: FacadeOptions) {
		this.#engine = options.engine;
		this.#profile = Object.entries(options.profile);
		this.#tokenDigest = digest(options.token);
		this.#server = createServer({ maxHeaderSize: 2 ** 20, keepAliveTimeout: 65_000, requestTimeout: 0 });
		this.#server.on('request', (request, response) => {
			const answered = this.#answer(request, response).catch(() => {
				response.destroy();
			});
			this.#inHand.add(answered);
			void answered.then(() => this.#inHand.delete(answered));
		});
	}

	async listen(): Promise<number> {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		this.#server.once('error', reject);
		this.#server.listen({ host: '127.0.0.1', port: 0 }, resolve);
		await promise;
		return portOf(this.#server);
	}

	async drain(): Promise<void> {
		this.#draining = true;
		this.#server.close();
		for (const controller of this.#readsInHand) controller.abort(shuttingDown());
		while (this.#inHand.size > 0) await Promise.allSettled(this.#inHand);
		this.#server.closeAllConnections();
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const path = (request.url ?? '/').split('?', 1)[0];
			if (path === '/ping') return void response.end(this.#draining ? undefined : 'Ok.\n');
			this.#authenticate(request);
			if (this.#draining) throw shuttingDown();
			if (path !== '/') throw new EngineError(404, 'UNKNOWN_PATH', `There is nothing at ${path}`);
			const asked = readFacadeRequest(request);
			if (asked.refused !== undefined) throw new EngineError(48, 'NOT_IMPLEMENTED', asked.refused);
			if (asked.queryId !== undefined) response.setHeader('X-ClickHouse-Query-Id', asked.queryId);
			await this.#bodies.withBody(request, body => this.#execute(asked, body, request, response));
		} catch (thrown) {
			sendError(response, engineErrorFrom(thrown));
		}
	}

	#authenticate(request: IncomingMessage): void {
		const [scheme, credentials] = (request.headers.authorization ?? '').split(' ', 2);
		const basic = scheme === 'Basic' ? Buffer.from(credentials ?? '', 'base64').toString() : '';
		const password = basic.slice(basic.indexOf(':') + 1);
		const key = request.headers['x-clickhouse-key'];
		const given = typeof key === 'string' ? key : password;
		if (timingSafeEqual(digest(given), this.#tokenDigest)) return;
		throw new EngineError(
			516,
			'AUTHENTICATION_FAILED',
			'Authentication failed: the password is not this start’s token',
		);
	}

	async #execute(
		asked: FacadeRequest,
		body: Buffer,
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const { sql, text, rows } = takeApart(asked, body);
		const cancelled = await this.#killByQueryId(sql);
		if (cancelled) return void response.end();
		const controller = new AbortController();
		const gone = () => {
			if (!response.writableEnded)
				controller.abort(new EngineError(394, 'QUERY_WAS_CANCELLED', 'The client went away'));
		};
		response.once('close', gone);
		const reading = onlyReads(text);
		if (reading) this.#readsInHand.add(controller);
		const lanes = rows !== undefined ? this.#inserts : reading ? this.#reads : this.#work;
		try {
			const answer = await lanes.run(controller.signal, () =>
				this.#inEngine(asked, sql, rows, controller.signal),
			);
			await sendAnswer(response, request, asked, text, answer);
		} finally {
			this.#readsInHand.delete(controller);
			response.removeListener('close', gone);
		}
	}

	async #inEngine(
		asked: FacadeRequest,
		sql: string,
		rows: EngineRows | undefined,
		signal: AbortSignal,
	): Promise<EngineAnswer> {
		const mark = randomUUID();
		const statement: EngineStatement = {
			sql,
			database: asked.database,
			settings: mergedSettings(this.#profile, asked.settings),
			parameters: asked.parameters,
			mark,
			defaultFormat: asked.defaultFormat,
		};
		// An insert that has begun is let finish: it is short, and stopping it saves nothing.
		const stop = () => void this.#engine.kill(mark).catch(() => {});
		if (rows === undefined) signal.addEventListener('abort', stop, { once: true });
		if (asked.queryId !== undefined) this.#marksByQueryId.set(asked.queryId, mark);
		try {
			return await (rows === undefined ? this.#engine.run(statement) : this.#engine.insert(statement, rows));
		} finally {
			signal.removeEventListener('abort', stop);
			if (asked.queryId !== undefined) this.#marksByQueryId.delete(asked.queryId);
		}
	}

	/** The engine knows statements by their mark, clients by the id they gave; this is where one becomes the other. */
	async #killByQueryId(sql: string): Promise<boolean> {
		const queryId = killPattern.exec(sql)?.[1];
		if (queryId === undefined) return false;
		const mark = this.#marksByQueryId.get(queryId);
		if (mark !== undefined) await this.#engine.kill(mark);
		return true;
	}
}

const killPattern =
	/^\s*KILL\s+QUERY\s+WHERE\s+query_id\s*=\s*'([^'\\]*)'\s*(?:ASYNC|SYNC)?\s*;?\s*(?:FORMAT\s+\w+\s*)?$/i;

/** Formats whose bytes the engine parses unchanged. */
const rawFormats = {
	jsoneachrow: 'JSONEachRow',
	jsoncompacteachrow: 'JSONCompactEachRow',
	csv: 'CSV',
	csvwithnames: 'CSVWithNames',
	tsv: 'TabSeparated',
	tabseparated: 'TabSeparated',
	tsvwithnames: 'TabSeparatedWithNames',
	tabseparatedwithnames: 'TabSeparatedWithNames',
} as const;

type Parts = { readonly sql: string; readonly text: StatementText; readonly rows: EngineRows | undefined };

/** The statement may stand in the query string, in the body, or begin in one and go on in the other. */
function takeApart(asked: FacadeRequest, body: Buffer): Parts {
	const inBody = asked.query === '';
	// Rows behind an insert can be megabytes; only the head is needed to know where they begin.
	const head = inBody ? readStatementText(body.subarray(0, headBytes).toString('latin1')) : undefined;
	const text = inBody
		? head?.rowsFrom !== undefined || body.length <= headBytes
			? readStatementText(body.subarray(0, headBytes).toString())
			: readStatementText(body.toString())
		: readStatementText(asked.query);
	checkStatement(text);
	if (text.plainInsert !== undefined) {
		const bytes = inBody && head?.rowsFrom !== undefined ? body.subarray(head.rowsFrom) : body;
		const inline = inBody ? '' : asked.query.slice(text.rowsFrom).trim();
		const format = rawFormats[text.plainInsert.format.toLowerCase() as keyof typeof rawFormats];
		if (format !== undefined && inline === '') {
			if (isBlank(bytes)) throw new EngineError(108, 'NO_DATA_TO_INSERT', 'No data to insert');
			const { table, columns } = text.plainInsert;
			return { sql: '', text, rows: { table, columns, format, bytes } };
		}
	}
	if (!isUtf8(body)) {
		throw new EngineError(
			48,
			'NOT_IMPLEMENTED',
			'The embedded engine takes rows in text formats only, such as JSONEachRow',
		);
	}
	const sql = inBody
		? body.toString()
		: body.length === 0
			? asked.query
			: `${asked.query}\n${body.toString()}`;
	if (sql.trim() === '') throw new EngineError(62, 'SYNTAX_ERROR', 'Syntax error: Empty query');
	return { sql, text, rows: undefined };
}

const headBytes = 65_536;

function checkStatement(text: StatementText): void {
	if (text.hasSecond) {
		throw new EngineError(
			62,
			'SYNTAX_ERROR',
			'Syntax error (Multi-statements are not allowed): one request, one statement',
		);
	}
	if (text.readsInput) {
		throw new EngineError(
			48,
			'NOT_IMPLEMENTED',
			'INSERT from input() would store nothing here; insert into a Null table with a view instead',
		);
	}
	if (text.waitsForKill) {
		throw new EngineError(48, 'NOT_IMPLEMENTED', 'KILL … SYNC never returns here; use ASYNC');
	}
	if (text.verb === 'SET' || text.verb === 'USE') {
		throw new EngineError(
			48,
			'NOT_IMPLEMENTED',
			'Settings are not kept between requests; send them with the statement',
		);
	}
}

function isBlank(bytes: Buffer): boolean {
	return bytes.length < 1024 && bytes.toString('latin1').trim() === '';
}

function mergedSettings(
	profile: readonly (readonly [string, string])[],
	asked: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
	return [...new Map([...profile, ...asked])];
}

async function sendAnswer(
	response: ServerResponse,
	request: IncomingMessage,
	asked: FacadeRequest,
	text: StatementText,
	answer: EngineAnswer,
): Promise<void> {
	const packed = asked.compressAnswer && (request.headers['accept-encoding'] ?? '').includes('gzip');
	const bytes = packed ? await gzipped(answer.bytes, { level: 3 }) : answer.bytes;
	response.writeHead(200, {
		'Content-Type': contentType(text.format ?? asked.defaultFormat),
		'Content-Length': bytes.length,
		...(packed ? { 'Content-Encoding': 'gzip' } : {}),
		'X-ClickHouse-Format': text.format ?? asked.defaultFormat,
		'X-ClickHouse-Timezone': 'UTC',
		'X-ClickHouse-Summary': JSON.stringify({
			read_rows: String(answer.rowsRead),
			read_bytes: String(answer.bytesRead),
			written_rows: String(answer.rowsWritten),
			written_bytes: String(answer.bytesWritten),
		}),
	});
	response.end(bytes);
}

function contentType(format: string): string {
	if (format.startsWith('JSON'))
		return format.includes('EachRow')
			? 'application/x-ndjson; charset=UTF-8'
			: 'application/json; charset=UTF-8';
	if (format.startsWith('CSV')) return 'text/csv; charset=UTF-8; header=absent';
	if (format.startsWith('T')) return 'text/tab-separated-values; charset=UTF-8';
	return 'application/octet-stream';
}

function sendError(response: ServerResponse, error: EngineError): void {
	if (response.headersSent || response.destroyed) return void response.destroy();
	const status = statusOf(error);
	response.writeHead(status, {
		'Content-Type': 'text/plain; charset=UTF-8',
		'X-ClickHouse-Exception-Code': String(error.code),
		...(status === 503 ? { 'Retry-After': '1' } : {}),
		// What is left of an unread body would otherwise be taken for the next request.
		...(response.req.complete ? {} : { Connection: 'close' }),
	});
	response.end(`${error.wireText}\n`);
}

function shuttingDown(): EngineError {
	return new EngineError(
		202,
		'TOO_MANY_SIMULTANEOUS_QUERIES',
		'The engine is shutting down; try again later',
	);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

function portOf(server: Server): number {
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('The facade listens on no port');
	return address.port;
}
