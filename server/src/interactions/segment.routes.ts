import { batchContract, segmentContracts } from '@touchstone/domain/interactions/intake.contract';
import { isJsonObject } from '@touchstone/domain/interactions/json-weight';
import { because } from '@touchstone/domain/interactions/refusal-reason';
import { segmentLimits, segmentTypes } from '@touchstone/domain/interactions/segment';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { document } from '../http/serve.ts';
import type { Admission } from './admission.ts';
import { takeFromAnySite } from './cross-origin.ts';
import type { Intake, NotTaken, Sender, Taken } from './intake.ts';
import { hasKeyInHeaders, senderOf } from './intake-key.ts';
import { segmentCallWay, segmentWay } from './interactions-way.ts';
import { itemsRefused } from './receipt.ts';
import { mediaTypeOf, parseJson, readWhole, takeBodiesAsStreams } from './request-body.ts';

/** The Segment HTTP tracking API, also under the addresses Jitsu's clients use. */
export function segmentRoutes(
	app: FastifyInstance,
	house: House,
	intake: Intake,
	admission: Admission,
): void {
	for (const contract of [...segmentContracts, batchContract]) document(app, contract);
	app.register(async scope => {
		takeBodiesAsStreams(scope);
		takeFromAnySite(scope);
		for (const type of segmentTypes) {
			const lenient = segmentCallWay(type, false);
			const strict = segmentCallWay(type, true);
			const call = async (request: FastifyRequest, reply: FastifyReply) => {
				const { sender, body } = await opened(request, reply, segmentLimits.eventSize);
				const isStrict = wantsStrict(request);
				const taken = await intake.take(sender, isStrict ? strict : lenient, [body]);
				return answer(reply, isStrict, taken, () => '');
			};
			for (const path of [`/v1/${type}`, `/api/s/${type}`, `/api/s/s2s/${type}`]) scope.post(path, call);
		}
		const batch = async (request: FastifyRequest, reply: FastifyReply) => {
			const { sender, body } = await opened(request, reply, segmentLimits.batchSize);
			const isStrict = wantsStrict(request);
			if (!Array.isArray(body.batch)) throw notABatch('must be a list of events');
			const items: readonly unknown[] = body.batch;
			if (items.length === 0 && isStrict) throw notABatch('must hold at least one event');
			const way = segmentWay(isStrict, { context: body.context, sentAt: body.sentAt });
			const first = await intake.take(sender, way, items.slice(0, segmentLimits.batchEvents));
			const rest = await refuseRest(sender, way, items);
			const taken = { accepted: first.accepted, refused: [...first.refused, ...rest] };
			return answer(reply, isStrict, taken, place => `batch.${place}`);
		};
		scope.post('/v1/batch', batch);
		scope.post('/v1/import', batch);
	});

	async function opened(request: FastifyRequest, reply: FastifyReply, limit: number) {
		admission.admit(request, reply, limit);
		const early = hasKeyInHeaders(request) ? await senderOf(house, request).catch(unlessUnknown) : undefined;
		checkMediaType(request);
		const bytes = await readWhole(request, limit, 'event-too-large');
		let body: unknown;
		try {
			body = parseJson(bytes);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const sender = early ?? (await senderOf(house, request));
			await intake.listBroken(sender, '/v1/batch', bytes, because('body-not-json', '', error.message));
			throw error;
		}
		const sender = early ?? (await senderOf(house, request, isJsonObject(body) ? body.writeKey : undefined));
		if (!isJsonObject(body)) {
			await intake.listBroken(sender, '/v1/batch', bytes, because('not-an-object'));
			throw new Refusal('request-invalid', undefined, {
				invalidParams: [{ name: 'body', reason: 'must be a JSON object' }],
			});
		}
		return { sender, body };
	}

	/** Everything over the limit of a batch is refused, listed, and can be replayed. */
	async function refuseRest(
		sender: Sender,
		way: ReturnType<typeof segmentWay>,
		items: readonly unknown[],
	): Promise<NotTaken[]> {
		if (items.length <= segmentLimits.batchEvents) return [];
		const refusing = { ...way, normalise: () => ({ refused: [because('batch-too-long')] }) };
		const { refused } = await intake.take(sender, refusing, items.slice(segmentLimits.batchEvents));
		return refused.map(item => ({ ...item, place: item.place + segmentLimits.batchEvents }));
	}
}

const success = '{"success":true}';

/** Lenient: taken, whatever single events lacked. Strict: 400 naming every event that was refused and why. */
function answer(
	reply: FastifyReply,
	strict: boolean,
	taken: Taken,
	nameOf: (place: number) => string,
): FastifyReply {
	if (!strict || taken.refused.length === 0) {
		return reply.header('content-type', 'application/json; charset=utf-8').send(success);
	}
	throw itemsRefused(taken, nameOf);
}

function wantsStrict(request: FastifyRequest): boolean {
	return request.headers['x-strict-mode'] === '1';
}

function notABatch(reason: string): Refusal {
	return new Refusal('request-invalid', undefined, { invalidParams: [{ name: 'batch', reason }] });
}

/** Beacons send text/plain; everything else says JSON. */
function checkMediaType(request: FastifyRequest): void {
	const type = mediaTypeOf(request);
	if (type === '' || type === 'application/json' || type === 'text/plain') return;
	throw new Refusal('media-type-unsupported', `${type.slice(0, 100)} was sent; application/json is taken.`);
}

/** A header may hold a token of the source's own; then the body's writeKey decides. */
function unlessUnknown(error: unknown): undefined {
	if (error instanceof Refusal && error.code === 'key-unknown') return undefined;
	throw error;
}
