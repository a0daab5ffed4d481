import { normaliseCloudEvent } from '@touchstone/domain/interactions/cloud-event';
import {
	type InteractionRow,
	interactionColumns,
	interactionLine,
} from '@touchstone/domain/interactions/interaction-row';
import { normaliseInteraction } from '@touchstone/domain/interactions/native';
import { because } from '@touchstone/domain/interactions/refusal-reason';
import {
	type BatchDefaults,
	normaliseSegment,
	type SegmentType,
	segmentTypeOf,
	standingAlone,
} from '@touchstone/domain/interactions/segment';
import type { LogTable } from './group-commit.ts';
import type { WayIn } from './intake.ts';

/** The table of the log that interactions of every way in are stored in. */
export const interactionsTable: LogTable = { name: 'interactions', columns: interactionColumns };

const stored = {
	table: interactionsTable,
	momentOf: (row: InteractionRow, nameOf: (facts: InteractionRow) => string) => nameOf(row),
	line: interactionLine,
};

/** `POST /v1/interactions`. */
export const nativeWay: WayIn<InteractionRow> = {
	...stored,
	route: '/v1/interactions',
	normalise: normaliseInteraction,
};

/** `POST /v1/cloudevents`. */
export const cloudEventsWay: WayIn<InteractionRow> = {
	...stored,
	route: '/v1/cloudevents',
	normalise: normaliseCloudEvent,
};

/**
 * Calls of the Segment interface, each saying its own type. What is listed when refused stands alone: a replay needs no batch.
 * @param batch what the batch says for all of them
 */
export function segmentWay(strict: boolean, batch: BatchDefaults = {}): WayIn<InteractionRow> {
	return {
		...stored,
		route: '/v1/batch',
		normalise: (item, arrival) => {
			const type = segmentTypeOf(item);
			if (type !== undefined) return normaliseSegment(item, type, arrival, { strict, batch });
			return {
				refused: [
					typeof item === 'object' && item !== null
						? because('type-unknown', 'type')
						: because('not-an-object'),
				],
			};
		},
		kept: item => standingAlone(item, batch),
	};
}

/** One call of the Segment interface whose type stands in its address. */
export function segmentCallWay(type: SegmentType, strict: boolean): WayIn<InteractionRow> {
	return {
		...stored,
		route: '/v1/batch',
		normalise: (item, arrival) => normaliseSegment(item, type, arrival, { strict }),
		kept: item =>
			typeof item === 'object' && item !== null && !Array.isArray(item) ? { ...item, type } : item,
	};
}
