import { z } from 'zod';
import { unitIdSchema } from '../owners/ids.ts';
import { roles } from './role.ts';

export const roleSchema = z.enum(roles);
export const personIdSchema = z.string().min(1).max(100);
export const emailSchema = z.email('must be an e-mail address').max(254).toLowerCase();
export const personNameSchema = z.string().trim().min(1).max(100);

/** The units somebody is given: every one, or those named and all below them. */
export const unitsGivenSchema = z.union([z.literal('all'), z.array(unitIdSchema).min(1).max(1_000)]);
export type UnitsGiven = z.output<typeof unitsGivenSchema>;

/** What somebody is in a workspace. Admins have every unit: keys, people and the audit log cannot be cut by unit. */
export const placeSchema = z
	.strictObject({ role: roleSchema, units: unitsGivenSchema.default('all') })
	.refine(({ role, units }) => role !== 'admin' || units === 'all', {
		path: ['units'],
		message: 'an admin has all units',
	});
export type Place = z.output<typeof placeSchema>;
