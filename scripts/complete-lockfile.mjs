// Names in package-lock.json the optional packages of every platform. npm leaves out those it could not reach when the lockfile
// was written, and then refuses `npm ci` everywhere. Run it after every `npm install`: `npm run lockfile`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './setup.mjs';

const systems = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openharmony'];
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64'];

/** The optional packages that some package of the lockfile names and the lockfile does not hold. */
export function missingOptionals(packages) {
	const names = new Set(
		Object.keys(packages).map(path => path.slice(path.lastIndexOf('node_modules/') + 13)),
	);
	return Object.values(packages).flatMap(({ optionalDependencies = {}, dev }) =>
		Object.entries(optionalDependencies)
			.filter(([name]) => !names.has(name))
			.map(([name, range]) => ({ name, version: range.replace(/^[~^]/, ''), dev })),
	);
}

/** Fits npm's own entries: a package of another platform is never fetched, only known. */
function entryOf({ name, version, dev }) {
	const words = name.split(/[-/]/);
	const cpu = words.filter(word => processors.includes(word));
	const os = words.filter(word => systems.includes(word));
	const libc = name.includes('musl')
		? ['musl']
		: os.includes('linux') && name.includes('gnu')
			? ['glibc']
			: [];
	return {
		version,
		...(cpu.length > 0 ? { cpu } : {}),
		...(dev ? { dev } : {}),
		...(libc.length > 0 ? { libc } : {}),
		optional: true,
		...(os.length > 0 ? { os } : {}),
	};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const file = join(root, 'package-lock.json');
	const lockfile = JSON.parse(readFileSync(file, 'utf8'));
	for (const missing of missingOptionals(lockfile.packages))
		lockfile.packages[`node_modules/${missing.name}`] = entryOf(missing);
	lockfile.packages = Object.fromEntries(
		Object.entries(lockfile.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
	);
	writeFileSync(file, `${JSON.stringify(lockfile, undefined, '\t')}\n`);
}
