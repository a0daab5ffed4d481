import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';
import { annotationRoutes } from './annotations.routes.ts';
import { figureRoutes } from './figures.routes.ts';
import type { Panels } from './panels.queries.ts';

/** Figures of promises and moments, how they are computed, and the notes that explain them. */
export function metricsRoom(house: House, definitions: DefinitionsInForce, panels: Panels): Room {
	return {
		name: 'metrics',
		routes(app) {
			figureRoutes(app, house, panels);
			annotationRoutes(app, house, definitions);
		},
	};
}
