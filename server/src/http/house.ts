import type { KeyScope } from '@touchstone/domain/http/contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { ColumnsDoor } from '../database/columns-door.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';

/** Who calls: the key that was shown, and the workspace it belongs to. */
export type Caller = {
	readonly keyId: string;
	readonly name: string;
	readonly workspace: WorkspaceId;
	readonly scope: KeyScope;
};

/** What every room stands on. Time is handed in, so that tests can say what time it is. */
export type House = {
	readonly postgres: PostgresDoor;
	readonly columns: ColumnsDoor;
	readonly log: Logger;
	readonly now: () => Date;
	/** Who a presented key belongs to; undefined when it is unknown or revoked. */
	readonly callerOf: (presentedKey: string) => Promise<Caller | undefined>;
};

/** A capability of the server: its routes, and what it keeps running in the background. */
export type Room = {
	readonly name: string;
	readonly routes?: (app: FastifyInstance) => void | Promise<void>;
	/** Starts background work; the answer stops it, letting what is under way finish. */
	readonly start?: () => Promise<() => Promise<void>>;
};
