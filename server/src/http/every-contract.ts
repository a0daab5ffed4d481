import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contract } from '@touchstone/domain/http/contract';

/** Every contract of the domain, by room and then in the order of their addresses. For what is written or checked about all of them. */
export async function everyContract(): Promise<Contract[]> {
	const domain = dirname(dirname(fileURLToPath(import.meta.resolve('@touchstone/domain/http/contract'))));
	const files = (await readdir(domain, { recursive: true })).filter(file => file.endsWith('.contract.ts'));
	const modules: unknown[] = await Promise.all(files.map(file => import(join(domain, file))));
	const found = new Map(modules.flatMap(contractsIn).map(contract => [contract.id, contract]));
	return [...found.values()].sort(
		(a, b) => compare(a.room, b.room) || compare(a.path, b.path) || compare(a.method, b.method),
	);
}

/** What a module exports: contracts, lists of them, and sets of them by name. */
function contractsIn(exported: unknown): Contract[] {
	if (isContract(exported)) return [exported];
	if (exported === null || typeof exported !== 'object' || '_zod' in exported) return [];
	return Object.values(exported).flatMap(contractsIn);
}

function isContract(value: unknown): value is Contract {
	return (
		value instanceof Object && 'id' in value && 'method' in value && 'path' in value && 'allows' in value
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
