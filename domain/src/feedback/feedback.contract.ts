import { contract } from '../http/contract.ts';
import { receiptSchema } from '../interactions/intake.contract.ts';
import { feedbackSchema } from './feedback.ts';

export const sendFeedbackContract = contract({
	id: 'sendFeedback',
	method: 'POST',
	path: '/v1/feedback',
	room: 'feedback',
	summary: 'Send what customers said',
	description:
		'One piece of feedback, a JSON list, or a stream with one on each line (application/x-ndjson), up to 100 MB; answered as /v1/interactions is.',
	allows: ['intake'],
	roles: ['analyst'],
	audited: 'nothing',
	body: feedbackSchema,
	answer: receiptSchema,
	problems: ['body-not-json', 'body-too-large', 'media-type-unsupported', 'items-refused'],
});
