import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { placeText } from './definition-problems.ts';

/** What is wrong with a file people write and where. `place` is empty where the text itself is not YAML. */
export type FileProblem = {
	readonly line: number;
	readonly column: number;
	readonly place: string;
	readonly reason: string;
};

export type ReadYaml =
	| {
			readonly kind: 'read';
			readonly content: unknown;
			/** A problem at a place of the content, with the line it stands on. */
			readonly located: (path: readonly PropertyKey[], reason: string) => FileProblem;
	  }
	| { readonly kind: 'refused'; readonly problems: readonly FileProblem[] };

/** Reads YAML (JSON is YAML too) and remembers where everything stands. */
export function readYamlText(text: string): ReadYaml {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
	const at = (offset: number) => {
		const { line, col } = lines.linePos(offset);
		return { line: Math.max(line, 1), column: Math.max(col, 1) };
	};
	if (document.errors.length > 0) {
		const problems = document.errors.map(error => ({
			...at(error.pos[0]),
			place: '',
			reason: error.message,
		}));
		return { kind: 'refused', problems };
	}
	const located = (path: readonly PropertyKey[], reason: string): FileProblem => ({
		...at(offsetOf(document, path)),
		place: placeText(path),
		reason,
	});
	try {
		return { kind: 'read', content: document.toJS(), located };
	} catch (error) {
		// The parser refuses aliases that unfold into more than a file of this kind can mean.
		return {
			kind: 'refused',
			problems: [located([], error instanceof Error ? error.message : String(error))],
		};
	}
}

/**
 * A zod issue as problems at the places people know: each unknown field on its own, at its own place, and of a choice between
 * shapes that has no words of its own what is wrong with the shape most nearly met.
 */
export function issueProblems(
	issue: z.core.$ZodIssue,
): { readonly path: readonly PropertyKey[]; readonly reason: string }[] {
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map(key => ({ path: [...issue.path, key], reason: 'is not a field known here' }));
	}
	if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
		const [nearest] = issue.errors.toSorted((one, other) => missedBy(one) - missedBy(other));
		if (nearest && nearest.length > 0 && missedBy(nearest) < wrongType) {
			return nearest.flatMap(inner => issueProblems({ ...inner, path: [...issue.path, ...inner.path] }));
		}
	}
	if (issue.code === 'invalid_key') {
		return [{ path: issue.path, reason: issue.issues.map(inner => inner.message).join('; ') }];
	}
	return [{ path: issue.path, reason: issue.message }];
}

const wrongType = 1_000_000;

/** How far a shape of a choice was missed: another type of value altogether, or so many things inside it. */
function missedBy(issues: readonly z.core.$ZodIssue[]): number {
	const elsewhere = issues.some(issue => issue.code === 'invalid_type' && issue.path.length === 0);
	return elsewhere ? wrongType : issues.length;
}

/** Where a place stands in the text; where it is missing, the nearest place around it that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
	for (let length = path.length; length > 0; length -= 1) {
		const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
		const last = path[length - 1];
		if (isMap(parent)) {
			const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
			if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
			continue;
		}
		const node = document.getIn(path.slice(0, length), true);
		if (isNode(node) && node.range) return node.range[0];
	}
	return document.contents?.range?.[0] ?? 0;
}
