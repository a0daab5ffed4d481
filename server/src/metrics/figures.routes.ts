import { metrics } from '@touchstone/domain/metrics/metric';
import { listMetrics } from '@touchstone/domain/metrics/metrics.contract';
import { listMomentFigures, readMomentFigures } from '@touchstone/domain/metrics/moment-figures.contract';
import { namedDefinitions } from '@touchstone/domain/metrics/named-definitions';
import { listPromiseFigures, readPromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import type { FastifyInstance } from 'fastify';
import type { House } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { annotationsAbout } from './annotations.queries.ts';
import { knownPromises } from './known-promises.ts';
import { measuredMoment, momentSummaries } from './moment-pages.queries.ts';
import type { Panels } from './panels.queries.ts';
import { measuredPromise, promiseSummaries } from './promise-pages.queries.ts';
import { versionsOfPromise } from './promise-versions.queries.ts';

/** The figures of promises and moments, and how every figure is computed. */
export function figureRoutes(app: FastifyInstance, house: House, panels: Panels): void {
	serve(app, house, listMetrics, () => ({ items: Object.values(metrics) }));

	serve(app, house, listPromiseFigures, ({ caller, query }) =>
		panels.of(caller.scope, 'promises', query, async ask => ({
			...ask.asked.answered,
			items: await promiseSummaries(ask),
		})),
	);

	serve(app, house, readPromiseFigures, async ({ caller, params: { id }, query }) => {
		const measured = await panels.of(caller.scope, `promise ${id}`, query, async ask => {
			const promise = knownPromises(ask.inForce).find(candidate => candidate.id === id);
			if (!promise) throw new Refusal('not-found', `There is no promise ${id}.`);
			return {
				figures: await measuredPromise(ask, promise),
				period: ask.asked.periods.now,
				moments: namedDefinitions(ask.inForce.definitions),
			};
		});
		const { figures, period, moments } = measured;
		return house.postgres.inWorkspace(caller.scope, async trx => ({
			...figures,
			versions: await versionsOfPromise(trx, caller.workspace, id, moment => moments.moment(moment)?.name),
			annotations: await annotationsAbout(trx, caller.workspace, { ...period, promise: id }),
		}));
	});

	serve(app, house, listMomentFigures, ({ caller, query }) =>
		panels.of(caller.scope, 'moments', query, async ask => ({
			...ask.asked.answered,
			items: await momentSummaries(ask),
		})),
	);

	serve(app, house, readMomentFigures, async ({ caller, params: { id }, query }) => {
		const { figures, period } = await panels.of(caller.scope, `moment ${id}`, query, async ask => {
			const moment = ask.inForce.definitions.moments.find(candidate => candidate.id === id);
			if (!moment) throw new Refusal('not-found', `There is no moment ${id}.`);
			return { figures: await measuredMoment(ask, moment), period: ask.asked.periods.now };
		});
		const annotations = await house.postgres.inWorkspace(caller.scope, trx =>
			annotationsAbout(trx, caller.workspace, { ...period, moment: id }),
		);
		return { ...figures, annotations };
	});
}
