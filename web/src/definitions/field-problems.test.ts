import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import { describe, expect, it } from 'vitest';
import { problemsElsewhere, reasonAt, schemaProblems, serverProblems } from './field-problems.ts';

const problem = {
	type: 'about:blank',
	title: 'The definitions do not hold together',
	status: 422,
	detail: 'Correct what invalid_params names.',
	code: 'definition-invalid',
	requestId: '1',
};

describe('what is wrong with a form', () => {
	it('stands at the field it is about, deep within a rule too', () => {
		const read = brandPromiseSchema.safeParse({
			id: 'x',
			wording: 'w',
			rule: { kind: 'by', start: 'a', end: 'b', due: { within: 'soon' } },
		});
		if (read.success) throw new Error('it should not fit');
		const problems = schemaProblems(read.error);
		expect(reasonAt(problems, 'rule.due.within')).toMatch(/like 48h/);
		expect(reasonAt(problems, 'wording')).toBeUndefined();
	});

	it('is shown by a list for each of its elements, but not by a field whose name begins alike', () => {
		const problems = serverProblems({
			...problem,
			invalid_params: [{ name: 'rule.voidedBy[1]', reason: 'there is no moment "x"' }],
		});
		expect(reasonAt(problems, 'rule.voidedBy')).toBe('there is no moment "x"');
		expect(reasonAt(problems, 'rule.void')).toBeUndefined();
	});

	it('is said in front of the form where no field shows it', () => {
		const problems = serverProblems({
			...problem,
			invalid_params: [
				{ name: 'moments.delivered.owner', reason: 'there is no owner "x"' },
				{ name: 'parent', reason: 'goes in a circle' },
			],
		});
		expect(problemsElsewhere(problems, ['name', 'parent'])).toEqual([
			{ place: 'moments.delivered.owner', reason: 'there is no owner "x"' },
		]);
	});
});
