import { expect, it } from 'vitest';
import { crashTests } from './crash-tests.ts';

it('nothing acknowledged is lost or doubled when processes are killed', { timeout: 170_000 }, async () => {
	const results = await crashTests(5, 20_261, () => undefined);
	expect(results.flatMap(run => run.wrong)).toEqual([]);
	expect(results.at(-1)?.acknowledged).toBeGreaterThan(0);
	expect(Math.max(...results.map(run => run.waited))).toBeGreaterThan(0);
});
