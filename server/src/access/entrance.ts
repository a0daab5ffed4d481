import type { UnitsGiven } from '@touchstone/domain/access/membership';
import type { Definitions } from '@touchstone/domain/definitions/definitions';
import type { UnitId } from '@touchstone/domain/owners/ids';
import { unitsBelow } from '@touchstone/domain/owners/units-below';
import type { FastifyRequest } from 'fastify';
import type { PostgresDoor } from '../database/postgres-door.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { Caller, Entrance } from '../http/house.ts';
import { Refusal } from '../http/problems.ts';
import { type Membership, membershipsOf } from './memberships.queries.ts';
import { clientAddressHeader, type Session, type SignIn } from './sign-in.ts';

export type OpenEntrance = Entrance & {
	/** Forgets every remembered session and membership of this process, so that a change made here holds at once. */
	readonly forget: () => void;
	/** Everywhere a person belongs, the oldest workspace first. */
	readonly membershipsOf: (
		person: string,
	) => Promise<readonly (Membership & { readonly workspaceName: string })[]>;
};

/** How long a session and a membership are remembered: a change made by another process holds after that. */
export const rememberedMs = 5_000;
const mostRemembered = 10_000;

/** Recognises people by the session their browser carries, without asking the store on every request. */
export function openEntrance(options: {
	readonly postgres: PostgresDoor;
	readonly signIn: () => SignIn;
	readonly definitions: Pick<DefinitionsInForce, 'of'>;
	readonly address: () => string;
	readonly now: () => Date;
}): OpenEntrance {
	const { postgres, now } = options;
	let origin: string | undefined;
	const sessions = new Remembered<Session | undefined>(now);
	const memberships = new Remembered<Awaited<ReturnType<OpenEntrance['membershipsOf']>>>(now);

	const belonging = (person: string) =>
		memberships.of(person, () =>
			postgres.acrossWorkspaces('where a person belongs', trx => membershipsOf(trx, person)),
		);

	return {
		origin() {
			origin ??= new URL(options.address()).origin;
			return origin;
		},
		carriesSession: request => sessionCookie(request) !== undefined,
		forget() {
			sessions.forget();
			memberships.forget();
		},
		membershipsOf: belonging,
		async callerOf(request) {
			const cookie = sessionCookie(request);
			if (cookie === undefined) return undefined;
			const session = await sessions.of(cookie, () => options.signIn().sessionOf(headersOf(request)));
			if (!session) return undefined;
			const membership = chosen(await belonging(session.person), request, session);
			const { definitions } = await options.definitions.of(membership.workspace);
			const units = unitsSeen(definitions, membership.units);
			const { workspace, role } = membership;
			return {
				kind: 'person',
				id: session.person,
				name: session.name,
				email: session.email,
				session: session.id,
				workspace,
				may: role,
				scope: { workspace, units },
			} satisfies Caller;
		},
	};
}

/** What the library needs of a request: the cookies, and where it comes from. */
export function headersOf(request: FastifyRequest): Headers {
	const headers = new Headers({ [clientAddressHeader]: request.ip });
	for (const name of ['cookie', 'user-agent']) {
		const value = request.headers[name];
		if (typeof value === 'string') headers.set(name, value);
	}
	return headers;
}

/** The membership a request is answered with: the workspace it names, else the one the session works in, else the first. */
function chosen<M extends Membership>(
	memberships: readonly M[],
	request: FastifyRequest,
	session: Session,
): M {
	const named = request.headers['x-workspace'];
	const found =
		typeof named === 'string'
			? memberships.find(({ workspace }) => workspace === named)
			: (memberships.find(({ workspace }) => workspace === session.workspace) ?? memberships[0]);
	if (!found) throw new Refusal('membership-missing');
	return found;
}

const seen = new WeakMap<Definitions, Map<string, 'all' | readonly UnitId[]>>();

/** The units somebody was given, and all below these; computed once for each state of the definitions. */
function unitsSeen(definitions: Definitions, given: UnitsGiven): 'all' | readonly UnitId[] {
	if (given === 'all') return 'all';
	const known = seen.get(definitions) ?? new Map<string, 'all' | readonly UnitId[]>();
	seen.set(definitions, known);
	const key = given.join(' ');
	const units = known.get(key) ?? [...new Set(given.flatMap(unit => unitsBelow(definitions.units, unit)))];
	known.set(key, units);
	return units;
}

function sessionCookie(request: FastifyRequest): string | undefined {
	return cookiePattern.exec(request.headers.cookie ?? '')?.[1];
}

const cookiePattern = /(?:^|;\s*)(?:__Secure-)?touchstone\.session_token=([^;]+)/;

/** Answers that are kept for a few seconds; an answer that did not come is not. */
class Remembered<T> {
	readonly #answers = new Map<string, { readonly until: number; readonly answer: Promise<T> }>();
	readonly #now: () => Date;

	constructor(now: () => Date) {
		this.#now = now;
	}

	of(key: string, ask: () => Promise<T>): Promise<T> {
		const known = this.#answers.get(key);
		if (known && known.until > this.#now().getTime()) return known.answer;
		this.#answers.delete(key);
		const answer = ask();
		this.#answers.set(key, { until: this.#now().getTime() + rememberedMs, answer });
		answer.catch(() => this.#answers.delete(key));
		const [oldest] = this.#answers.keys();
		if (this.#answers.size > mostRemembered && oldest !== undefined) this.#answers.delete(oldest);
		return answer;
	}

	forget(): void {
		this.#answers.clear();
	}
}
