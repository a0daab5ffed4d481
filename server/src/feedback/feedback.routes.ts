import { sendFeedbackContract } from '@touchstone/domain/feedback/feedback.contract';
import {
	type FeedbackRow,
	feedbackColumns,
	feedbackLine,
	normaliseFeedback,
} from '@touchstone/domain/feedback/feedback-row';
import type { House, Room } from '../http/house.ts';
import { document } from '../http/serve.ts';
import { takeFromAnySite } from '../interactions/cross-origin.ts';
import type { Listening } from '../interactions/intake.routes.ts';
import type { WayIn } from '../interactions/intake.ts';
import { senderOf } from '../interactions/intake-key.ts';
import { formOf, takeItemBody } from '../interactions/item-body.ts';
import { replayWay } from '../interactions/replay.jobs.ts';
import { takeBodiesAsStreams } from '../interactions/request-body.ts';

/** Feedback says itself which moment it speaks of; nobody can tell from its words. */
export const feedbackWay: WayIn<FeedbackRow> = {
	route: '/v1/feedback',
	table: { name: 'feedback', columns: feedbackColumns },
	normalise: normaliseFeedback,
	momentOf: row => row.moment,
	line: feedbackLine,
};

/** What customers said: `POST /v1/feedback`, strict, each item checked by itself. */
export function feedbackRoom(house: House, listening: Listening): Room {
	const { intake, admission, replayWays } = listening;
	replayWays.set(feedbackWay.route, replayWay(feedbackWay));
	return {
		name: 'feedback',
		routes: app => {
			document(app, sendFeedbackContract);
			app.register(async scope => {
				takeBodiesAsStreams(scope);
				takeFromAnySite(scope);
				scope.post('/v1/feedback', async (request, reply) => {
					const sender = await senderOf(house, request);
					const form = formOf(request, ['application/json']);
					return takeItemBody(request, reply, { intake, admission, sender, way: feedbackWay, form });
				});
			});
		},
	};
}
