import { placeText } from '@touchstone/domain/definitions/definition-problems';
import type { Problem } from '@touchstone/domain/http/problem';
import type { z } from 'zod';

/** What is wrong at one place of a form: `rule.due.within`, and why. */
export type FieldProblem = { readonly place: string; readonly reason: string };

/** What the schema found, each at the place people know. */
export function schemaProblems(error: z.ZodError): FieldProblem[] {
	return error.issues.map(({ path, message }) => ({ place: placeText(path), reason: message }));
}

/** What the server found, each at its place; it speaks of the body by its own names. */
export function serverProblems(problem: Problem): FieldProblem[] {
	return (problem.invalid_params ?? []).map(({ name, reason }) => ({
		place: name.replace(/^body\./, ''),
		reason,
	}));
}

/** The reason at a place, or at one within it: a list of moments speaks for each of them. */
export function reasonAt(problems: readonly FieldProblem[], place: string): string | undefined {
	return problems.find(
		problem =>
			problem.place === place ||
			problem.place.startsWith(`${place}.`) ||
			problem.place.startsWith(`${place}[`),
	)?.reason;
}

/** The problems that none of the places shows: they have to be said in front of the form. */
export function problemsElsewhere(
	problems: readonly FieldProblem[],
	places: readonly string[],
): FieldProblem[] {
	return problems.filter(problem => !places.some(place => reasonAt([problem], place) !== undefined));
}
