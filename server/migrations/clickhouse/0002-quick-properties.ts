import type { Topology } from '../../src/database/columns-topology.ts';

// What a rule reads out of properties is read whenever its customer is judged, for all customers of a block. The quicker codec
// takes half of the time (10 million rows: 0.35 s of CPU instead of 0.77) and a fifth more room on the disk. Rows that are there
// change over as their parts are merged.

export const name = 'quick-properties';

export function statements(topology: Topology, database: string): readonly string[] {
	const table =
		typeof topology === 'object'
			? `${database}.interactions_local ON CLUSTER ${topology.cluster}`
			: `${database}.interactions`;
	return [`ALTER TABLE ${table} MODIFY COLUMN properties CODEC(LZ4)`];
}
