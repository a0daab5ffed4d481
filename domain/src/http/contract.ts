import type { z } from 'zod';

/** What an API key may do. `intake` may only send, never read. `admin` may do everything. */
export const keyScopes = ['admin', 'read', 'intake'] as const;
export type KeyScope = (typeof keyScopes)[number];

/**
 * One endpoint, as both sides know it: the server serves it, clients call it, and the OpenAPI document is written from it.
 * `path` uses `{name}` for path parameters, as OpenAPI does.
 */
export type Contract<
	Params extends z.ZodType = z.ZodType,
	Query extends z.ZodType = z.ZodType,
	Body extends z.ZodType = z.ZodType,
	Answer extends z.ZodType = z.ZodType,
> = {
	readonly id: string;
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly path: `/${string}`;
	/** The wing and room the endpoint belongs to; groups it in the documentation. */
	readonly room: string;
	readonly summary: string;
	readonly description?: string;
	/** Keys with any of these scopes may call it; admin always may. */
	readonly allows: readonly KeyScope[];
	readonly params?: Params;
	readonly query?: Query;
	readonly body?: Body;
	readonly answer: Answer;
	/** 200 unless said otherwise. */
	readonly status?: 200 | 201 | 202 | 204;
	/** How large the body may be, where the general limit of a mebibyte is too small. */
	readonly maxBodyBytes?: number;
	/** The problem codes it may answer besides the general ones (bad key, bad request, overload, store down). */
	readonly problems?: readonly string[];
};

/** Keeps the types of a contract's schemas while checking its shape. */
export function contract<
	Params extends z.ZodType,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(definition: Contract<Params, Query, Body, Answer>): Contract<Params, Query, Body, Answer> {
	return definition;
}
