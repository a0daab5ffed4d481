import type { Role } from '@touchstone/domain/access/role';
import type { KeyScope } from '@touchstone/domain/http/contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ColumnsDoor } from '../database/columns-door.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';
import { type Scope, wholeWorkspace } from '../database/scope.ts';

/** Who calls, in which workspace, what they may, and whose rows they may touch. */
export type Caller = {
	readonly id: string;
	/** How they are called where the product says who did something. */
	readonly name: string;
	readonly workspace: WorkspaceId;
	/** What every question is asked with: `house.columns.forScope(caller.scope)`, `house.postgres.inWorkspace(caller.scope, …)`. */
	readonly scope: Scope;
} & (
	| { readonly kind: 'key'; readonly may: KeyScope }
	/** The units in the scope of a person are those they were given and all below these. */
	| {
			readonly kind: 'person';
			readonly may: Role;
			readonly email: string;
			/** The session they call from. */
			readonly session: string;
	  }
);

/** What every room stands on. Time is handed in, so that tests can say what time it is. */
export type House = {
	readonly postgres: PostgresDoor;
	readonly columns: ColumnsDoor;
	readonly log: Logger;
	readonly now: () => Date;
	/** Who a presented key belongs to; undefined when it is unknown or revoked. */
	readonly callerOf: (presentedKey: string) => Promise<Caller | undefined>;
	/** How people who signed in are recognised; left out where only keys are. */
	readonly entrance?: Entrance;
};

/** Knows people by the session their browser carries. */
export type Entrance = {
	/** Whether a request carries a session at all, good or not. */
	readonly carriesSession: (request: FastifyRequest) => boolean;
	/**
	 * Who is behind the request; undefined when the session has ended.
	 *
	 * @throws Refusal when they belong to no workspace, or not to the one the request names
	 */
	readonly callerOf: (request: FastifyRequest) => Promise<Caller | undefined>;
	/** The address people reach the product by, where it is known. */
	readonly origin: () => string | undefined;
};

/** A capability of the server: its routes, and what it keeps running in the background. */
export type Room = {
	readonly name: string;
	readonly routes?: (app: FastifyInstance) => void | Promise<void>;
	/** Starts background work; the answer stops it, letting what is under way finish. */
	readonly start?: () => Promise<() => Promise<void>>;
};

/** The caller that a key stands for: a program, with every unit of its workspace. */
export function callerWithKey(key: {
	readonly id: string;
	readonly name: string;
	readonly workspace: WorkspaceId;
	readonly scope: KeyScope;
}): Caller {
	const { id, name, workspace, scope } = key;
	return { kind: 'key', id, name, workspace, may: scope, scope: wholeWorkspace(workspace) };
}
