import {
	cloudEventsContract,
	sendInteractionsContract,
} from '@touchstone/domain/interactions/intake.contract';
import type { FastifyInstance } from 'fastify';
import type { House } from '../http/house.ts';
import { document } from '../http/serve.ts';
import type { Admission } from './admission.ts';
import { binaryCloudEvent } from './binary-cloud-event.ts';
import { takeFromAnySite } from './cross-origin.ts';
import type { Intake } from './intake.ts';
import { senderOf } from './intake-key.ts';
import { cloudEventsWay, nativeWay } from './interactions-way.ts';
import { formOf, readOrList, takeItemBody } from './item-body.ts';
import { itemsRefused, receiptOf } from './receipt.ts';
import { mediaTypeOf, readWhole, takeBodiesAsStreams } from './request-body.ts';

/** `POST /v1/interactions` and `POST /v1/cloudevents`: strict, each item checked by itself. */
export function interactionRoutes(
	app: FastifyInstance,
	house: House,
	intake: Intake,
	admission: Admission,
): void {
	document(app, sendInteractionsContract);
	document(app, cloudEventsContract);
	app.register(async scope => {
		takeBodiesAsStreams(scope);
		takeFromAnySite(scope);
		scope.post('/v1/interactions', async (request, reply) => {
			const sender = await senderOf(house, request);
			const form = formOf(request, ['application/json']);
			return takeItemBody(request, reply, { intake, admission, sender, way: nativeWay, form });
		});
		scope.post('/v1/cloudevents', async (request, reply) => {
			const sender = await senderOf(house, request);
			const structured = cloudEventTypes.includes(mediaTypeOf(request));
			if (!structured && request.headers['ce-specversion'] !== undefined) {
				admission.admit(request, reply, binaryBytes);
				const bytes = await readWhole(request, binaryBytes, 'body-too-large');
				const event = await readOrList(intake, sender, cloudEventsWay.route, bytes, () =>
					binaryCloudEvent(request.headers, bytes),
				);
				const taken = await intake.take(sender, cloudEventsWay, [event]);
				if (taken.accepted === 0) throw itemsRefused(taken, () => '');
				return receiptOf(taken, () => 1);
			}
			const form = formOf(request, [...cloudEventTypes, 'application/json']);
			return takeItemBody(request, reply, { intake, admission, sender, way: cloudEventsWay, form });
		});
	});
}

const cloudEventTypes = ['application/cloudevents+json', 'application/cloudevents-batch+json'];
const binaryBytes = 256 * 1024;
