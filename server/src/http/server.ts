import { randomUUID } from 'node:crypto';
import fastify, {
	type FastifyBaseLogger,
	type FastifyError,
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
	LogController,
} from 'fastify';
import { ColumnsError } from '../database/columns-error.ts';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import { serveBrowserSdk } from './browser-sdk.ts';
import { asksForPage, sendDashboard, serveDashboard } from './dashboard.ts';
import { documentationPage } from './documentation-page.ts';
import type { House, Room } from './house.ts';
import { openApiDocument } from './openapi.ts';
import { type ProblemCode, problemBody, problems, Refusal } from './problems.ts';
import { answerHeaders, securityHeaders, strictTransport } from './security-headers.ts';
import { contractsOf } from './serve.ts';

/** Bodies of management routes are small; intake routes set their own limits. */
const bodyLimitBytes = 1_048_576;

/** The HTTP server with the given rooms, not yet listening. Every failure leaves it as an RFC 9457 problem. */
export async function createServer(
	house: House,
	rooms: readonly Room[],
	/** Addresses of proxies whose word on where a request comes from is taken, separated by commas. */
	proxies?: string,
): Promise<FastifyInstance> {
	const loggerInstance: FastifyBaseLogger = house.log;
	const app = fastify({
		loggerInstance,
		// Nobody logs through a request, and a logger for each was a noticeable part of taking one event in.
		childLoggerFactory: logger => logger,
		logController: new LogController({ disableRequestLogging: true }),
		genReqId: () => randomUUID(),
		...(proxies === undefined ? {} : { trustProxy: proxies }),
		bodyLimit: bodyLimitBytes,
		// A slow or silent client may not hold a connection for ever; an upload of 100 MB over a slow line still fits.
		requestTimeout: 600_000,
		connectionTimeout: 0,
		keepAliveTimeout: 30_000,
		routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
		frameworkErrors: (error, request: FastifyRequest, reply: FastifyReply) => {
			reply
				.code(400)
				.type('application/problem+json')
				.send(problemBody(new Refusal('request-invalid', error.message), request.id, '/'));
		},
		clientErrorHandler: (_error, socket) => {
			if (!socket.writable) return;
			const body = JSON.stringify(
				problemBody(new Refusal('request-invalid', 'This is not a valid HTTP request.'), randomUUID(), '/'),
			);
			socket.end(
				`HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
			);
		},
	});
	app.addHook('onRequest', async (request, reply) => {
		reply.header('x-request-id', request.id);
		// Only what is asked for with GET can become a page; the intake's answers are many and should be short.
		const maybePage = request.method === 'GET' || request.method === 'HEAD';
		reply.headers(maybePage ? securityHeaders : answerHeaders);
		if (request.protocol === 'https' || house.entrance?.origin()?.startsWith('https:')) {
			reply.header('strict-transport-security', strictTransport);
		}
	});
	app.setErrorHandler<FastifyError | Error>((error, request, reply) => {
		const refusal = asRefusal(error);
		if (refusal.code === 'internal')
			house.log.error({ err: error, requestId: request.id, url: request.url }, 'a request failed');
		reply
			.code(problems[refusal.code].status)
			.headers({ ...refusal.headers })
			.type('application/problem+json')
			.send(problemBody(refusal, request.id, request.url.split('?', 1)[0] ?? '/'));
	});
	await serveBrowserSdk(app);
	const dashboard = await serveDashboard(app);
	app.setNotFoundHandler((request, reply) => {
		if (dashboard && asksForPage(request)) return sendDashboard(reply);
		const refusal = new Refusal(
			'not-found',
			`${request.method} ${request.url.split('?', 1)[0]} is not an address of this server.`,
		);
		reply
			.code(404)
			.type('application/problem+json')
			.send(problemBody(refusal, request.id, request.url.split('?', 1)[0] ?? '/'));
	});
	for (const room of rooms) await room.routes?.(app);
	app.get('/openapi.json', (request, reply) =>
		reply.send(openApiDocument(contractsOf(app), `${request.protocol}://${request.host}`)),
	);
	app.get('/docs', (_request, reply) =>
		reply.type('text/html; charset=utf-8').send(documentationPage(contractsOf(app))),
	);
	if (!dashboard) app.get('/', (_request, reply) => reply.redirect('/docs'));
	return app;
}

/** What went wrong as a refusal the client can act on; whatever we did not foresee is `internal`. */
function asRefusal(error: FastifyError | Error): Refusal {
	if (error instanceof Refusal) return error;
	if (error instanceof StoreUnavailable) {
		return new Refusal('store-unavailable', undefined, {
			headers: { 'retry-after': String(error.retryAfterSeconds) },
		});
	}
	if (error instanceof ColumnsError && tooHeavy.has(error.code)) return new Refusal('query-too-heavy');
	const code = 'code' in error ? codeOfFrameworkError[String(error.code)] : undefined;
	if (code) return new Refusal(code, sentence(error.message));
	if (
		'statusCode' in error &&
		typeof error.statusCode === 'number' &&
		error.statusCode >= 400 &&
		error.statusCode < 500
	) {
		return new Refusal('request-invalid', sentence(error.message));
	}
	return new Refusal('internal');
}

/** The engine stopped: too many rows, too long, too much memory, too large an answer. */
const tooHeavy: ReadonlySet<number> = new Set([158, 159, 241, 396]);

const codeOfFrameworkError: Readonly<Record<string, ProblemCode>> = {
	FST_ERR_CTP_INVALID_JSON_BODY: 'body-not-json',
	FST_ERR_CTP_EMPTY_JSON_BODY: 'body-not-json',
	FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
	FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
	FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request-invalid',
	FST_ERR_BAD_URL: 'request-invalid',
};

function sentence(text: string): string {
	return text.endsWith('.') ? text : `${text}.`;
}
