import {
	listOverviewChanges,
	listOverviewGaps,
	readOverviewKept,
} from '@touchstone/domain/overview/overview.contract';
import type { House, Room } from '../http/house.ts';
import { serve } from '../http/serve.ts';
import type { Panels } from '../metrics/panels.queries.ts';
import { overviewChanges, overviewGaps, overviewKept } from './overview-panels.queries.ts';

/** The first page: are promises kept, where not, and what changed. */
export function overviewRoom(house: House, panels: Panels): Room {
	return {
		name: 'overview',
		routes(app) {
			serve(app, house, readOverviewKept, ({ caller, query }) =>
				panels.of(caller.scope, 'overview-kept', query, overviewKept),
			);
			serve(app, house, listOverviewGaps, ({ caller, query }) =>
				panels.of(caller.scope, 'overview-gaps', query, async ask => ({
					...ask.asked.answered,
					items: await overviewGaps(ask),
				})),
			);
			serve(app, house, listOverviewChanges, ({ caller, query }) =>
				panels.of(caller.scope, 'overview-changes', query, async ask => ({
					...ask.asked.answered,
					items: await overviewChanges(ask),
				})),
			);
		},
	};
}
