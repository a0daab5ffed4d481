import { readMappingFile } from '@touchstone/domain/interactions/import-mapping-file';
import type { UnfitRecord } from '@touchstone/domain/interactions/import-record';
import { rowMappers } from '@touchstone/domain/interactions/import-rows';
import { interactionSchema } from '@touchstone/domain/interactions/interaction';
import { expect, it } from 'vitest';
import { editablePayload, readPayload } from './payload-problems.ts';
import { markedUnfit } from './unfit-record.ts';

const mapping = `
import: 1
files: { orders: {} }
defaults: { format: dd.MM.yyyy, zone: UTC, decimal: ",", thousands: "." }
rows:
  - from: orders
    interactions:
      - id: "{id}"
        event: Order Placed
        time: "{day}"
        customer: "{who}"
        revenue: "{sum}"
        properties: { weight: { column: weight, as: number } }
`;

function unfitOf(row: Readonly<Record<string, string>>): UnfitRecord[] {
	const read = readMappingFile(mapping);
	if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
	const unfit: UnfitRecord[] = [];
	for (const mapper of rowMappers(read.mapping))
		mapper.map(
			row,
			() => [],
			record => unfit.push(record),
		);
	return unfit;
}

it('what an import did not understand is refused for certain, and can be corrected', () => {
	// Each of these would pass as something else than was meant: a day of ISO, a number with a point.
	const [unfit, ...none] = unfitOf({ id: 'a', day: '2026-03-01', who: 'c', sum: '12.50', weight: 'heavy' });
	if (!unfit) throw new Error('the row is unfit');
	expect(none).toEqual([]);
	const sent = markedUnfit(unfit);
	expect(sent).toMatchObject({
		id: 'a',
		time: '2026-03-01',
		revenue: '12.50',
		properties: { weight: 'heavy' },
	});
	expect(interactionSchema.safeParse(sent).success).toBe(false);
	const { text, notUnderstood } = editablePayload(JSON.stringify(sent));
	expect(notUnderstood.map(({ field }) => field)).toEqual(['time', 'revenue', 'properties.weight']);
	expect(readPayload(text, '/v1/interactions')).toMatchObject({ kind: 'read', problems: [] });
});

it('a row that is understood has nothing unfit', () => {
	expect(unfitOf({ id: 'a', day: '01.03.2026', who: 'c', sum: '12,50', weight: '3' })).toEqual([]);
});
