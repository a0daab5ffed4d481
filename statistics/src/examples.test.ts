import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));
const testSupport = new Set(['validation.ts', 'reference-files.ts']);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
	.map(file => file.replaceAll('\\', '/'))
	.filter(
		file => file.endsWith('.ts') && !/\.(test|simulation|bench)\.ts$/.test(file) && !testSupport.has(file),
	)
	.sort();

/** A number written with an ellipsis: the digits printed are the digits expected. */
class About {
	readonly printed: string;
	constructor(printed: string) {
		this.printed = printed;
	}
	fits(actual: unknown): boolean {
		if (typeof actual !== 'number' || !Number.isFinite(actual)) return false;
		const [, mantissa = '', exponent = '0'] = /^-?([\d.]+)(?:e([+-]?\d+))?$/i.exec(this.printed) ?? [];
		const unit = 10 ** (Number(exponent) - (mantissa.split('.')[1] ?? '').length);
		const beyond = Math.abs(actual) - Math.abs(Number(this.printed));
		const sameSign = Math.sign(actual) === (this.printed.startsWith('-') ? -1 : 1) || Math.abs(actual) < unit;
		// The last printed digit may have been reached from just below: 0.0499999999 is 0.0500000…
		return sameSign && beyond > -unit * 1e-3 && beyond < unit * 1.001;
	}
}

/** An object literal that ends in an ellipsis: these fields, and others. */
class AtLeast {
	readonly fields: Record<string, unknown>;
	constructor(fields: Record<string, unknown>) {
		this.fields = fields;
	}
}

test('the examples of the whole floor are seen', () => {
	expect(files.length).toBeGreaterThan(10);
	expect(files).toContain('figure.ts');
});

test('a wrong example turns red', () => {
	const run = (code: string): string[] => failures(examplesIn(code), { half: (x: number) => x / 2 });
	const block = (line: string): string => `/** Halves.\n * @example\n * ${line}\n */`;
	expect(run(block('half(1) // => 0.5'))).toEqual([]);
	expect(run(block('half(1) // => 0.6'))).toHaveLength(1);
	expect(run(block('half(1) // => 0.50...'))).toEqual([]);
	expect(run(block('half(-1) // => 0.50...'))).toHaveLength(1);
	expect(run(block('half(1) // => 0.51...'))).toHaveLength(1);
	expect(run(block('({ a: half(1), b: 2 }) // => { a: 0.5, ... }'))).toEqual([]);
	expect(run(block('({ a: half(1), b: 2 }) // => { a: 0.5 }'))).toHaveLength(1);
});

describe.each(files)('%s', file => {
	const source = readFileSync(`${root}${file}`, 'utf8');

	test('every public function has an example, and every example holds', async () => {
		const module: Record<string, unknown> = await import(pathToFileURL(`${root}${file}`).href);
		const undocumented = Object.entries(module)
			.filter(([, exported]) => typeof exported === 'function')
			.map(([name]) => name)
			.filter(name => examplesIn(commentAbove(source, name)).length === 0);
		expect(undocumented, 'public functions without an example').toEqual([]);
		expect(failures(examplesIn(source), module)).toEqual([]);
	});
});

type Example = { prelude: string[]; line: string; expected: string };

/** The doc comment directly above the export of this name; empty when there is none. */
function commentAbove(source: string, name: string): string {
	const at = source.search(new RegExp(`^export (?:async )?(?:function\\*?|class|const) ${name}\\b`, 'm'));
	const before = source.slice(0, Math.max(0, at)).trimEnd();
	return before.endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : '';
}

function examplesIn(source: string): Example[] {
	const examples: Example[] = [];
	for (const [comment] of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
		const [, ...blocks] = comment.split('@example');
		for (const block of blocks) {
			const lines = block
				.replace(/\*\/$/, '')
				.split('\n')
				.map(line => line.replace(/^\s*\* ?/, ''))
				.filter(line => !/^\s*(```\w*)?\s*$/.test(line));
			const prelude: string[] = [];
			for (const line of lines) {
				if (line.trimStart().startsWith('@')) break;
				const [code = '', expected] = line.split(/\s*\/\/ => /);
				if (expected === undefined) prelude.push(line);
				else examples.push({ prelude: [...prelude], line: code, expected });
			}
		}
	}
	return examples;
}

function failures(examples: Example[], module: Record<string, unknown>): string[] {
	return examples.flatMap(example => {
		const actual = evaluate(example, module);
		const expected = literal(example.expected);
		return matches(actual, expected)
			? []
			: [`${example.line} gives ${JSON.stringify(actual)}, the example says ${example.expected}`];
	});
}

/** Runs an example; an expression may reach back over several lines, the rest before it is its prelude. */
function evaluate({ prelude, line }: Example, module: Record<string, unknown>): unknown {
	const setup = [...prelude];
	let expression = line.replace(/;\s*$/, '');
	while (!isExpression(expression) && setup.length > 0) expression = `${setup.pop()}\n${expression}`;
	const names = Object.keys(module);
	const run = new Function(...names, `${setup.join('\n')}\nreturn (${expression})`);
	return run(...names.map(name => module[name]));
}

function isExpression(code: string): boolean {
	try {
		new Function(`return (${code}\n)`);
		return true;
	} catch {
		return false;
	}
}

function literal(written: string): unknown {
	const code = written
		.replace(/(-?\d+(?:\.\d*?)?(?:e[+-]?\d+)?)\.\.\./gi, "new About('$1')")
		.replace(/\{([^{}]*?),\s*\.\.\.\s*\}/g, 'new AtLeast({$1})');
	return new Function('About', 'AtLeast', `return (${code})`)(About, AtLeast);
}

function matches(actual: unknown, expected: unknown): boolean {
	if (expected instanceof About) return expected.fits(actual);
	if (typeof expected === 'number' && typeof actual === 'number') {
		return Object.is(actual, expected) || Math.abs(actual - expected) <= 1e-12 * (Math.abs(expected) || 1);
	}
	if (expected instanceof AtLeast) {
		return (
			isRecord(actual) && Object.entries(expected.fields).every(([key, value]) => matches(actual[key], value))
		);
	}
	if (Array.isArray(expected)) {
		const items =
			Array.isArray(actual) || ArrayBuffer.isView(actual) ? Array.from(Object.values(actual)) : undefined;
		return items?.length === expected.length && expected.every((value, i) => matches(items[i], value));
	}
	if (isRecord(expected)) {
		return (
			isRecord(actual) &&
			Object.keys(actual).length === Object.keys(expected).length &&
			Object.entries(expected).every(([key, value]) => matches(actual[key], value))
		);
	}
	return Object.is(actual, expected);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
