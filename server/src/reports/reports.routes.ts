import { reportSchema } from '@touchstone/domain/reports/report';
import { readReport, readReportSchema } from '@touchstone/domain/reports/report.contract';
import { z } from 'zod';
import type { Scope } from '../database/scope.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { serve } from '../http/serve.ts';
import { loadReport } from './report.queries.ts';

/** The promise report: the first page of the product, as data. */
export function reportsRoom(
	house: House,
	definitions: DefinitionsInForce,
	findingsOf: (scope: Scope) => Promise<readonly string[]>,
): Room {
	return {
		name: 'reports',
		routes(app) {
			serve(app, house, readReport, async ({ caller, query }) => {
				const inForce = await definitions.of(caller.workspace);
				if (query.promise && !inForce.versions.some(version => version.promise.id === query.promise)) {
					throw new Refusal('not-found', `There is no promise ${query.promise} with a rule.`);
				}
				if (query.unit && !inForce.definitions.units.some(unit => unit.id === query.unit)) {
					throw new Refusal('not-found', `There is no unit ${query.unit}.`);
				}
				const findings = await findingsOf(caller.scope);
				return loadReport(house.columns, caller.scope, inForce, query, house.now(), findings);
			});
			serve(app, house, readReportSchema, () =>
				z.record(z.string(), z.json()).parse(z.toJSONSchema(reportSchema, { io: 'output' })),
			);
		},
	};
}
