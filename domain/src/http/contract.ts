import type { z } from 'zod';
import { type Role, roles } from '../access/role.ts';

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
	/** Keys with any of these scopes may call it; admin always may. `anybody` needs neither key nor session. */
	readonly allows: readonly KeyScope[] | 'anybody';
	/**
	 * People with any of these roles may call it too; admins always may. Left out, what keys that read may call is for everybody
	 * who signed in, and all else is for admins.
	 */
	readonly roles?: readonly Role[];
	/**
	 * Whether people who were given only some units may call it. `own`: the answer holds only rows of their units, because every
	 * row is read through a door with the caller's scope. `all`: the answer cannot be cut by unit, so only people with all units
	 * may. Left out, reading is `own` and everything else is `all`.
	 */
	readonly units?: 'own' | 'all';
	/**
	 * What the audit log says of it. Left out, GET is nothing and everything else is a change; data that leaves as a file is an
	 * export. `nothing` elsewhere is for questions that are asked with POST, and for the intake, whose log is the log itself.
	 */
	readonly audited?: 'change' | 'export' | 'nothing';
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

/** The roles whose people may call it. */
export function rolesOf(contract: Contract): readonly Role[] {
	if (contract.allows === 'anybody') return roles;
	const named = contract.roles ?? (contract.allows.includes('read') ? roles : []);
	return roles.filter(role => role === 'admin' || named.includes(role));
}

/** The scopes whose keys may call it. */
export function scopesOf(contract: Contract): readonly KeyScope[] {
	const { allows } = contract;
	return keyScopes.filter(scope => allows === 'anybody' || scope === 'admin' || allows.includes(scope));
}

/** What the audit log says of it. */
export function auditedAs(contract: Contract): 'change' | 'export' | 'nothing' {
	return contract.audited ?? (contract.method === 'GET' ? 'nothing' : 'change');
}

/** Whether people with only some units may call it. */
export function isCutByUnit(contract: Contract): boolean {
	return (contract.units ?? (contract.method === 'GET' ? 'own' : 'all')) === 'own';
}
