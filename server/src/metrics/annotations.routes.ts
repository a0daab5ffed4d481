import type { Definitions } from '@touchstone/domain/definitions/definitions';
import {
	listAnnotations,
	removeAnnotation,
	writeAnnotation,
} from '@touchstone/domain/metrics/annotations.contract';
import type { FastifyInstance } from 'fastify';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { annotationsAbout, dropAnnotation, keepAnnotation } from './annotations.queries.ts';

/** What people noted to have happened. */
export function annotationRoutes(app: FastifyInstance, house: House, definitions: DefinitionsInForce): void {
	serve(app, house, listAnnotations, async ({ caller, query }) => ({
		items: await house.postgres.inWorkspace(caller.scope, trx =>
			annotationsAbout(trx, caller.workspace, query),
		),
	}));

	serve(app, house, writeAnnotation, async ({ caller, body }) => {
		const { units } = caller.scope;
		if (units !== 'all' && (body.unit === undefined || !units.includes(body.unit))) {
			throw new Refusal(
				'units-lacking',
				'Name one of your units: what is noted for everyone needs all units.',
			);
		}
		mustBeDefined(body, (await definitions.of(caller.workspace)).definitions);
		const { at, text, promise = null, moment = null, unit = null } = body;
		return house.postgres.inWorkspace(caller.scope, trx =>
			keepAnnotation(trx, caller.workspace, { at, text, promise, moment, unit, author: caller.name }),
		);
	});

	serve(app, house, removeAnnotation, async ({ caller, params: { id } }) => {
		const dropped = await house.postgres.inWorkspace(caller.scope, trx =>
			dropAnnotation(trx, caller.workspace, id),
		);
		if (!dropped) throw new Refusal('not-found', `There is no annotation ${id} that you may take away.`);
		return undefined;
	});
}

type About = {
	readonly promise?: string | undefined;
	readonly moment?: string | undefined;
	readonly unit?: string | undefined;
};

/** @throws Refusal for what is noted about something nobody defined */
function mustBeDefined(about: About, { promises, moments, units }: Definitions): void {
	const lists = { promise: promises, moment: moments, unit: units };
	for (const kind of ['promise', 'moment', 'unit'] as const) {
		const id = about[kind];
		if (id !== undefined && !lists[kind].some((item: { readonly id: string }) => item.id === id)) {
			throw new Refusal('not-found', `There is no ${kind} ${id}.`);
		}
	}
}
