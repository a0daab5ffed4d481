import { z } from 'zod';

/**
 * The scales a score can be given on. `top` is the lowest score that counts as top-2-box (for NPS: a promoter), following the
 * field's published mapping: 3 points {3}, 4 points {3, 4}, 5 points {4, 5}, 7 points {5, 6, 7}.
 */
export const scales = {
	nps: { low: 0, high: 10, top: 9 },
	'csat-3': { low: 1, high: 3, top: 3 },
	'csat-4': { low: 1, high: 4, top: 3 },
	'csat-5': { low: 1, high: 5, top: 4 },
	'csat-7': { low: 1, high: 7, top: 5 },
	'ces-7': { low: 1, high: 7, top: 5 },
	'rating-5': { low: 1, high: 5, top: 4 },
	'rating-10': { low: 1, high: 10, top: 9 },
	thumbs: { low: 0, high: 1, top: 1 },
} as const;

export type ScaleName = keyof typeof scales;
export type Scale = { readonly low: number; readonly high: number; readonly top: number };

export const scaleNameSchema = z.enum(scaleNames());

function scaleNames(): [ScaleName, ...ScaleName[]] {
	return ['nps', 'csat-3', 'csat-4', 'csat-5', 'csat-7', 'ces-7', 'rating-5', 'rating-10', 'thumbs'];
}
