import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChdbEngine, EngineStatement } from './chdb-engine.ts';
import { EngineError, engineErrorFrom } from './engine-error.ts';
import { type AnswerShape, comesInPieces, PieceByPiece, sendError, sendWhole } from './facade-answer.ts';
import { type FacadeRequest, readFacadeRequest } from './facade-request.ts';
import { type FacadeStatement, facadeStatement } from './facade-statement.ts';
import { Lanes } from './lanes.ts';
import { BodyBudget } from './request-body.ts';
import { isForm, urlWithForm } from './request-form.ts';
import { onlyReads } from './statement-text.ts';

export type FacadeOptions = {
	readonly engine: ChdbEngine;
	readonly token: string;
	/** Settings every statement starts from, like the profile of a server's user; a request's own settings win. */
	readonly profile: Readonly<Record<string, string>>;
};

export type Facade = {
	readonly port: number;
	/**
	 * Takes no more statements and closes the door when those that run are done. Arriving rows are stored; reads are stopped
	 * at once and other work after some seconds, since neither was acknowledged.
	 */
	drain(): Promise<void>;
};

/** Opens the engine to ClickHouse's HTTP clients on this machine, on a port the system picks. */
export async function openFacade(options: FacadeOptions): Promise<Facade> {
	const facade = new FacadeServer(options);
	const port = await facade.listen();
	return { port, drain: () => facade.drain() };
}

const workGraceMilliseconds = 5_000;

class FacadeServer {
	readonly #engine: ChdbEngine;
	readonly #profile: readonly (readonly [string, string])[];
	readonly #tokenDigest: Buffer;
	readonly #server: Server;
	/** Statements that change something by themselves (`INSERT … SELECT`, DDL) must not hold up arriving rows. */
	readonly #lanes = {
		read: new Lanes({ running: 4, waiting: 256 }),
		insert: new Lanes({ running: 2, waiting: 64 }),
		work: new Lanes({ running: 2, waiting: 64 }),
	};
	readonly #bodies = new BodyBudget({ oneBytes: 128 * 2 ** 20, allBytes: 192 * 2 ** 20 });
	readonly #readsInHand = new Set<AbortController>();
	readonly #workInHand = new Set<AbortController>();
	readonly #inHand = new Set<Promise<void>>();
	readonly #marksByQueryId = new Map<string, string>();
	#draining = false;

	constructor(options: FacadeOptions) {
		this.#engine = options.engine;
		this.#profile = Object.entries(options.profile);
		this.#tokenDigest = digest(options.token);
		this.#server = createServer({
			maxHeaderSize: 2 ** 20,
			keepAliveTimeout: 65_000,
			requestTimeout: 120_000,
		});
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
		const address = this.#server.address();
		if (address === null || typeof address === 'string') throw new Error('The facade listens on no port');
		return address.port;
	}

	async drain(): Promise<void> {
		this.#draining = true;
		this.#server.close();
		for (const controller of this.#readsInHand) controller.abort(shuttingDown());
		const patience = setTimeout(() => {
			for (const controller of this.#workInHand) controller.abort(shuttingDown());
		}, workGraceMilliseconds);
		while (this.#inHand.size > 0) await Promise.allSettled(this.#inHand);
		clearTimeout(patience);
		this.#server.closeAllConnections();
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const path = (request.url ?? '/').split('?', 1)[0];
			if (this.#draining) throw shuttingDown();
			if (path === '/ping') {
				response.end('Ok.\n');
				return;
			}
			this.#authenticate(request);
			if (path !== '/') throw new EngineError(60, 'UNKNOWN_PATH', `There is nothing at ${path}`);
			const asked = readFacadeRequest(request);
			if (asked.refused !== undefined) throw new EngineError(48, 'NOT_IMPLEMENTED', asked.refused);
			if (asked.queryId !== undefined) response.setHeader('X-ClickHouse-Query-Id', asked.queryId);
			await this.#bodies.withBody(request, async body => {
				if (!isForm(request)) return this.#execute(asked, facadeStatement(asked, body), response);
				const filledIn = readFacadeRequest({
					url: await urlWithForm(request, body),
					method: request.method,
					headers: request.headers,
				});
				return this.#execute(filledIn, facadeStatement(filledIn, Buffer.alloc(0)), response);
			});
		} catch (thrown) {
			sendError(response, engineErrorFrom(thrown));
		}
	}

	#authenticate(request: IncomingMessage): void {
		const [scheme, credentials] = (request.headers.authorization ?? '').split(' ', 2);
		const basic = scheme === 'Basic' ? Buffer.from(credentials ?? '', 'base64').toString() : '';
		const key = request.headers['x-clickhouse-key'];
		const given = typeof key === 'string' ? key : basic.slice(basic.indexOf(':') + 1);
		if (timingSafeEqual(digest(given), this.#tokenDigest)) return;
		throw new EngineError(
			516,
			'AUTHENTICATION_FAILED',
			'Authentication failed: the password is not the token of this start',
		);
	}

	async #execute(asked: FacadeRequest, statement: FacadeStatement, response: ServerResponse): Promise<void> {
		if (await this.#killByQueryId(statement.sql)) {
			response.end();
			return;
		}
		const controller = new AbortController();
		const gone = () => {
			if (response.writableFinished) return;
			controller.abort(new EngineError(394, 'QUERY_WAS_CANCELLED', 'The client went away'));
		};
		response.once('close', gone);
		if (response.destroyed) gone();
		const kind = statement.rows !== undefined ? 'insert' : onlyReads(statement.text) ? 'read' : 'work';
		const inHand = kind === 'read' ? this.#readsInHand : this.#workInHand;
		inHand.add(controller);
		try {
			await this.#lanes[kind].run(controller.signal, () =>
				this.#inEngine(asked, statement, response, controller.signal),
			);
		} finally {
			inHand.delete(controller);
			response.removeListener('close', gone);
		}
	}

	async #inEngine(
		asked: FacadeRequest,
		{ sql, text, rows }: FacadeStatement,
		response: ServerResponse,
		signal: AbortSignal,
	): Promise<void> {
		const format = text.format ?? asked.defaultFormat;
		const shape: AnswerShape = { format, packed: asked.compressAnswer && accepts(response.req, 'gzip') };
		const mark = randomUUID();
		const statement: EngineStatement = {
			sql,
			database: asked.database,
			settings: [...new Map([...this.#profile, ...asked.settings])],
			parameters: asked.parameters,
			mark,
			defaultFormat: asked.defaultFormat,
		};
		if (rows !== undefined) {
			// An insert that has begun is let finish: it is short, and stopping it saves nothing.
			await sendWhole(response, shape, await this.#engine.insert(statement, rows.bytes, rows.oneRowPerLine));
			return;
		}
		await this.#stoppable(mark, asked.queryId, signal, async () => {
			if (asked.waitForEnd || !onlyReads(text) || !comesInPieces(format)) {
				await sendWhole(response, shape, await this.#engine.run(statement));
			} else {
				await this.#inPieces(statement, new PieceByPiece(response, shape));
			}
		});
	}

	async #inPieces(statement: EngineStatement, pieces: PieceByPiece): Promise<void> {
		try {
			await this.#engine.stream(statement, piece => pieces.take(piece));
		} catch (thrown) {
			if (!pieces.fail(engineErrorFrom(thrown))) throw thrown;
			return;
		}
		pieces.end();
	}

	/** While `work` runs, the signal or a `KILL` with the client's query id stops the statement marked with `mark`. */
	async #stoppable(
		mark: string,
		queryId: string | undefined,
		signal: AbortSignal,
		work: () => Promise<void>,
	): Promise<void> {
		let ended = false;
		// Again and again: the first call may come before the engine has begun the statement.
		const stop = async () => {
			while (!ended) {
				await this.#engine.kill(mark).catch(() => {});
				await wait(50);
			}
		};
		signal.addEventListener('abort', stop, { once: true });
		if (queryId !== undefined) this.#marksByQueryId.set(queryId, mark);
		try {
			signal.throwIfAborted();
			await work();
		} catch (thrown) {
			throw signal.aborted ? signal.reason : thrown;
		} finally {
			ended = true;
			signal.removeEventListener('abort', stop);
			if (queryId !== undefined) this.#marksByQueryId.delete(queryId);
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
	/^\s*KILL\s+QUERY\s+WHERE\s+query_id\s*=\s*'([^'\\]*)'\s*(?:ASYNC\s*)?;?\s*(?:FORMAT\s+\w+\s*)?$/i;

function accepts(request: IncomingMessage, encoding: string): boolean {
	return (request.headers['accept-encoding'] ?? '').includes(encoding);
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
