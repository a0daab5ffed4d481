import { unitIdSchema, workspaceIdSchema } from '@touchstone/domain/owners/ids';
import { describe, expect, it } from 'vitest';
import { refusingFilters, scopeFilters, tableFiltersSetting, unscopedFilters } from './columns-scope.ts';
import { scopedTables } from './columns-tables.ts';

const workspace = workspaceIdSchema.parse('acme');
const units = ['SP', 'RJ'].map(unit => unitIdSchema.parse(unit));

describe('the filters of a scope', () => {
	it('are laid over every scoped table under every name it has', () => {
		const tables = scopedTables.flatMap(table => [`touchstone.${table}`, `touchstone.${table}_local`]);
		const filters = scopeFilters({ workspace, units: 'all' }, { cluster: 'main' }, 'touchstone');
		expect(Object.keys(filters).toSorted()).toEqual(tables.toSorted());
		expect(new Set(Object.values(filters))).toEqual(new Set(["workspace = 'acme'"]));
	});

	it('keep to the units of the scope, and to none when it has none', () => {
		expect(scopeFilters({ workspace, units }, 'single', 'touchstone')['touchstone.verdicts']).toBe(
			"workspace = 'acme' AND unit IN splitByChar(',', 'SP,RJ')",
		);
		expect(scopeFilters({ workspace, units: [] }, 'single', 'touchstone')['touchstone.verdicts']).toBe(
			"workspace = 'acme' AND 0",
		);
	});

	it('give each shard of the two-shard test its part and no more', () => {
		const filters = scopeFilters({ workspace, units: 'all' }, 'two-shard-test', 'touchstone');
		expect(filters['touchstone.interactions']).toContain('customer % 2 = shardNum() - 1');
		expect(filters['touchstone_shards.interactions']).toBe("workspace = 'acme'");
		expect(Object.keys(unscopedFilters('two-shard-test', 'touchstone'))).toEqual(
			scopedTables.map(table => `touchstone.${table}`),
		);
	});

	it('are nothing for the house on one server', () => {
		expect(tableFiltersSetting(unscopedFilters('single', 'touchstone'))).toBe('{}');
	});

	it('refuse every scoped table to a statement that came past the door', () => {
		const filters = refusingFilters('single', 'touchstone');
		expect(Object.keys(filters)).toEqual(scopedTables.map(table => `touchstone.${table}`));
		expect(new Set(Object.values(filters))).toEqual(
			new Set(['read_without_a_scope_and_past_the_columns_door']),
		);
	});

	it('survive being written as a setting', () => {
		expect(tableFiltersSetting({ 'd.t': "a = 'it\\'s'" })).toBe("{'d.t':'a = \\'it\\\\\\'s\\''}");
	});
});
