import type { IdentityClaim } from '@touchstone/domain/customers/identity-link';
import type { PersonKey } from '@touchstone/domain/customers/person';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';

/**
 * The links this process met lately, so that a visitor who identifies on every page does not ask the store each time. It may
 * be behind: another process may have merged a root meanwhile. Rows written by it are settled when they arrive.
 */
export class RecentLinks {
	readonly #limit: number;
	readonly #byWorkspace = new Map<WorkspaceId, Generations>();

	constructor(limit = 100_000) {
		this.#limit = limit;
	}

	remember(workspace: WorkspaceId, alias: PersonKey, root: PersonKey): void {
		let generations = this.#byWorkspace.get(workspace);
		if (!generations) {
			generations = { young: new Map(), old: new Map() };
			this.#byWorkspace.set(workspace, generations);
		}
		if (generations.young.size >= this.#limit) growOlder(generations);
		generations.young.set(alias, root);
	}

	rootOf(workspace: WorkspaceId, person: PersonKey): PersonKey | undefined {
		const generations = this.#byWorkspace.get(workspace);
		return generations?.young.get(person) ?? generations?.old.get(person);
	}

	/** Whether a claim says nothing new: its visitor belongs to somebody, and its customers are one. */
	holds(workspace: WorkspaceId, claim: IdentityClaim): boolean {
		if (this.rootOf(workspace, claim.visitor) === undefined) return false;
		if (claim.kind === 'identify') return true;
		const root = (person: PersonKey) => this.rootOf(workspace, person) ?? person;
		return root(claim.previous) === root(claim.customer);
	}

	/** Called now and then, so that what another process has undone (an erasure) is not believed for ever. */
	age(): void {
		for (const generations of this.#byWorkspace.values()) growOlder(generations);
	}

	forget(workspace: WorkspaceId): void {
		this.#byWorkspace.delete(workspace);
	}
}

type Generations = { young: Map<PersonKey, PersonKey>; old: Map<PersonKey, PersonKey> };

function growOlder(generations: Generations): void {
	generations.old = generations.young;
	generations.young = new Map();
}
