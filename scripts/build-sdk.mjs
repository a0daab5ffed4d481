// Builds the browser SDK: sdk/dist/touchstone.js for a <script> tag and touchstone.mjs for bundlers. Run by build-web.mjs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const sdk = join(dirname(dirname(fileURLToPath(import.meta.url))), 'sdk');

/** The files of the SDK by name, as they are shipped. */
export async function bundleSdk() {
	return {
		'touchstone.js': await bundle('script.ts', 'iife'),
		'touchstone.mjs': await bundle('create-touchstone.ts', 'es'),
	};
}

async function bundle(entry, format) {
	const results = await build({
		root: sdk,
		configFile: false,
		logLevel: 'error',
		build: {
			target: 'es2020',
			write: false,
			minify: true,
			lib: { entry: join(sdk, 'src', entry), formats: [format], name: 'touchstoneSdk' },
		},
	});
	const [output] = [results].flat().flatMap(result => result.output);
	return output.code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const dist = join(sdk, 'dist');
	mkdirSync(dist, { recursive: true });
	for (const [name, code] of Object.entries(await bundleSdk())) writeFileSync(join(dist, name), code);
}
