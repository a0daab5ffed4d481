import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundleSdk } from '../../scripts/build-sdk.mjs';

it('the SDK takes at most 5 KB of a visitor’s line, as a script and as a module', {
	timeout: 30_000,
}, async () => {
	const files = await bundleSdk();
	for (const [name, code] of Object.entries(files)) {
		const bytes = gzipSync(code, { level: 9 }).length;
		console.log(`sdk/dist/${name}: ${bytes} bytes gzip, ${code.length} plain`);
		expect(bytes).toBeLessThanOrEqual(5_000);
	}
	expect(files['touchstone.mjs']).toMatch(/export\s*\{[^}]*createTouchstone/);
	expect(files['touchstone.js']).not.toMatch(/\b(import|export)\b/);
});

it('the version it tells the server is that of the package', async () => {
	const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
	const code = (await bundleSdk())['touchstone.js'];
	expect(/name:`touchstone.js`,version:`([^`]+)`/.exec(code)?.[1]).toBe(version);
});
