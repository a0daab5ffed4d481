import { type ColumnRules, columnReader, type Scene, textOf } from './import-columns.ts';
import { compareDecimals, type NumberStyle, readDecimal } from './import-decimal.ts';
import type { ImportCondition } from './import-mapping.ts';

type Holds = (held: unknown) => boolean;

/** Whether all conditions hold for a row; no conditions always hold. */
export function conditionsHold(
	conditions: readonly ImportCondition[] | undefined,
	rules: ColumnRules,
	style: NumberStyle,
): (scene: Scene) => boolean {
	const tests = (conditions ?? []).map(condition => {
		const read = columnReader(condition.column, rules);
		const holds = comparisonsOf(condition, style);
		return (scene: Scene) => {
			const held = read(scene);
			return holds.every(test => test(held));
		};
	});
	return scene => tests.every(test => test(scene));
}

function comparisonsOf(condition: ImportCondition, style: NumberStyle): Holds[] {
	const { is, isNot, oneOf, noneOf, empty, atLeast, atMost } = condition;
	const tests: Holds[] = [];
	if (is !== undefined) tests.push(isOneOf([is], style));
	if (oneOf !== undefined) tests.push(isOneOf(oneOf, style));
	if (isNot !== undefined) tests.push(not(isOneOf([isNot], style)));
	if (noneOf !== undefined) tests.push(not(isOneOf(noneOf, style)));
	if (empty !== undefined) tests.push(held => (held === undefined) === empty);
	if (atLeast !== undefined) tests.push(compared(atLeast, style, order => order >= 0));
	if (atMost !== undefined) tests.push(compared(atMost, style, order => order <= 0));
	return tests;
}

function isOneOf(values: readonly (string | number | boolean)[], style: NumberStyle): Holds {
	const texts = new Set(values.map(value => String(value).trim()));
	const numbers = new Set(
		values.flatMap(value => (typeof value === 'number' ? [readDecimal(value, { decimal: '.' })] : [])),
	);
	return held => {
		const text = textOf(held);
		if (text === undefined) return false;
		return texts.has(text) || (numbers.size > 0 && numbers.has(readDecimal(held, style)));
	};
}

function compared(limit: number, style: NumberStyle, fits: (order: number) => boolean): Holds {
	const bound = readDecimal(limit, { decimal: '.' });
	return held => {
		const number = readDecimal(held, style);
		return number !== undefined && bound !== undefined && fits(compareDecimals(number, bound));
	};
}

function not(test: Holds): Holds {
	return held => !test(held);
}
