import type { ClaimCondition } from '@touchstone/domain/moments/claim';

export const operators = ['is', 'isNot', 'oneOf', 'exists', 'atLeast', 'atMost', 'startsWith'] as const;
export type Operator = (typeof operators)[number];

/** A condition while it is being typed. `values` has one element for all operators but `oneOf`. */
export type ConditionDraft = {
	readonly property: string;
	readonly operator: Operator;
	readonly values: readonly string[];
};

type Scalar = string | number | boolean;

export function conditionDraftOf(condition: ClaimCondition): ConditionDraft {
	const { property } = condition;
	if ('is' in condition) return { property, operator: 'is', values: [scalarText(condition.is)] };
	if ('isNot' in condition) return { property, operator: 'isNot', values: [scalarText(condition.isNot)] };
	if ('oneOf' in condition) return { property, operator: 'oneOf', values: condition.oneOf.map(scalarText) };
	if ('exists' in condition) return { property, operator: 'exists', values: [String(condition.exists)] };
	if ('atLeast' in condition) return { property, operator: 'atLeast', values: [String(condition.atLeast)] };
	if ('atMost' in condition) return { property, operator: 'atMost', values: [String(condition.atMost)] };
	return { property, operator: 'startsWith', values: [condition.startsWith] };
}

/** The condition that was typed, to be checked by its schema. */
export function writtenCondition({ property, operator, values }: ConditionDraft): Record<string, unknown> {
	const [first = ''] = values;
	switch (operator) {
		case 'is':
		case 'isNot':
			return { property, [operator]: scalarOf(first) };
		case 'oneOf':
			return { property, oneOf: values.map(scalarOf) };
		case 'exists':
			return { property, exists: first !== 'false' };
		case 'atLeast':
		case 'atMost':
			return { property, [operator]: first.trim() === '' ? undefined : Number(first) };
		case 'startsWith':
			return { property, startsWith: first };
	}
}

/**
 * What a typed value means: `3` a number, `true` a yes, everything else a text. Quotes make a text of anything, because an
 * interaction that says "3" is another than one that says 3.
 */
export function scalarOf(text: string): Scalar {
	const trimmed = text.trim();
	if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
	if (number.test(trimmed)) return Number(trimmed);
	return quoted.test(trimmed) ? trimmed.slice(1, -1) : text;
}

/** The text that means this value. */
export function scalarText(value: Scalar): string {
	if (typeof value !== 'string') return String(value);
	return scalarOf(value) === value ? value : `"${value}"`;
}

const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const quoted = /^".*"$/s;
