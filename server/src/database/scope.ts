import type { UnitId, WorkspaceId } from '@touchstone/domain/owners/ids';

/**
 * Whose rows a question may touch: one workspace, and in it every unit or only the listed ones. A list already holds the
 * units below those a person was given, so that the stores need not know the tree.
 */
export type Scope = {
	readonly workspace: WorkspaceId;
	readonly units: 'all' | readonly UnitId[];
};

/** A scope over everything in one workspace, for work the product itself does there. */
export function wholeWorkspace(workspace: WorkspaceId): Scope {
	return { workspace, units: 'all' };
}
