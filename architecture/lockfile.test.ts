import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { missingOptionals } from '../scripts/complete-lockfile.mjs';

it('the lockfile knows the optional packages of every platform, or `npm ci` would refuse it: npm run lockfile', () => {
	const lockfile = JSON.parse(readFileSync(join(dirname(import.meta.dirname), 'package-lock.json'), 'utf8'));
	expect(missingOptionals(lockfile.packages).map(({ name }) => name)).toEqual([]);
	expect(missingOptionals({ a: { optionalDependencies: { 'b-linux-x64': '1.0.0' } } })).toHaveLength(1);
});
