import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';
import { annotationRoutes } from './annotations.routes.ts';
import { customerRoutes } from './customers.routes.ts';
import { figureRoutes } from './figures.routes.ts';
import type { Panels } from './panels.queries.ts';

/** Figures of promises and moments, how they are computed, the notes that explain them, and the customers behind them. */
export function metricsRoom(house: House, definitions: DefinitionsInForce, panels: Panels): Room {
	return {
		name: 'metrics',
		routes(app) {
			figureRoutes(app, house, panels);
			annotationRoutes(app, house, definitions);
			customerRoutes(app, house, definitions);
		},
	};
}
