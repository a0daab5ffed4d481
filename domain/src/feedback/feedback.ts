import { z } from 'zod';
import { whereFields, whoFields } from '../interactions/interaction.ts';
import { momentIdSchema } from '../owners/ids.ts';
import { isInstant } from '../units/instant.ts';
import { scaleNameSchema, scales } from '../units/scale.ts';

/** What a customer said: a score on a declared scale, words, or both, as sent to `POST /v1/feedback`. */
export const feedbackSchema = z
	.strictObject({
		id: z.string().min(1).max(200),
		time: z.string().refine(isInstant, 'must be an ISO 8601 time with a zone, or a date'),
		...whoFields,
		...whereFields,
		/** The moment it speaks of, where the sender knows it. */
		moment: momentIdSchema.optional(),
		/** Where it was said: survey, review, social, community, call, case … */
		type: z.enum(['survey', 'review', 'social', 'community', 'call', 'case', 'other']).default('survey'),
		scale: scaleNameSchema.optional(),
		score: z.number().optional(),
		words: z.string().max(20_000).optional(),
		language: z.string().max(35).optional(),
		reach: z.number().int().min(0).max(1e12).optional(),
		properties: z.record(z.string(), z.json()).default({}),
	})
	.superRefine((given, context) => {
		const refuse = (path: string, message: string) =>
			context.addIssue({ code: 'custom', path: [path], message });
		if (given.customer === undefined && given.anonymousId === undefined)
			refuse('customer', 'customer or anonymousId is needed');
		if (given.score === undefined && !given.words) refuse('score', 'a score or words are needed');
		if (given.score !== undefined && given.scale === undefined)
			refuse('scale', 'a score needs the scale it was given on');
		if (given.score !== undefined && given.scale !== undefined) {
			const { low, high } = scales[given.scale];
			if (given.score < low || given.score > high)
				refuse('score', `must be from ${low} to ${high} on ${given.scale}`);
		}
	});
export type FeedbackInput = z.input<typeof feedbackSchema>;
export type Feedback = z.output<typeof feedbackSchema>;
