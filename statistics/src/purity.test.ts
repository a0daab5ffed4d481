import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const testSupport = new Set(['validation.ts', 'reference-files.ts']);
const forbidden: [name: string, pattern: RegExp][] = [
	['dice', /\bMath\s*(\.\s*random\b|\[)/],
	['a clock', /\bDate\b|\bperformance\s*\.\s*(now|mark|timeOrigin)\b|\bTemporal\b/],
	['node', /\b(from|import)\s*\(?\s*['"]node:|\bprocess\b|\brequire\s*\(/],
	['the world outside', /\b(fetch|console|globalThis|window|document|setTimeout|crypto)\b\s*[.([]/],
];

test('production source has no dice, no clock and no effects', () => {
	const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
		file => file.endsWith('.ts') && !/\.(test|simulation|bench)\.ts$/.test(file) && !testSupport.has(file),
	);
	expect(files.length).toBeGreaterThan(10);
	const effects = files.flatMap(file =>
		effectsIn(readFileSync(`${root}${file}`, 'utf8')).map(effect => `${file}: ${effect}`),
	);
	expect(effects).toEqual([]);
});

test('a planted effect is found', () => {
	expect(effectsIn('const x = Math.random();')).toEqual(['dice']);
	expect(effectsIn("const x = Math['random']();")).toEqual(['dice']);
	expect(effectsIn('const t = Date.now();')).toEqual(['a clock']);
	expect(effectsIn("import { readFileSync } from 'node:fs';")).toEqual(['node']);
	expect(effectsIn('console.log(1);')).toEqual(['the world outside']);
	expect(effectsIn('// Math.random() would not do here\n/* Date */ const x = 1;')).toEqual([]);
});

function effectsIn(source: string): string[] {
	const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
	return forbidden.filter(([, pattern]) => pattern.test(code)).map(([name]) => name);
}
