import { z } from 'zod';
import { type Brand, brand } from '../units/brand.ts';

export type WorkspaceId = Brand<'WorkspaceId'>;
export type UnitId = Brand<'UnitId'>;
export type OwnerId = Brand<'OwnerId'>;
export type MomentId = Brand<'MomentId'>;

/** Ids people choose and read: lower-case words joined by hyphens. */
const readable = z
	.string()
	.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, like delivery-in-time')
	.max(80);

export const workspaceIdSchema = readable.transform(id => brand<'WorkspaceId'>(id));
export const ownerIdSchema = readable.transform(id => brand<'OwnerId'>(id));
export const momentIdSchema = readable.transform(id => brand<'MomentId'>(id));
export const promiseIdSchema = readable.transform(id => brand<'PromiseId'>(id));

/** Unit ids often are a company's own codes (`SP`, `DE-021`), so they keep their case. */
export const unitIdSchema = z
	.string()
	.regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u, 'must be letters, digits, dots, hyphens or underscores')
	.max(80)
	.transform(id => brand<'UnitId'>(id));
