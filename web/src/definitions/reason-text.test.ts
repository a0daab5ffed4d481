import { companySchema } from '@touchstone/domain/definitions/definitions';
import { momentSchema } from '@touchstone/domain/moments/moment';
import { ownerSchema } from '@touchstone/domain/owners/owner';
import { unitSchema } from '@touchstone/domain/owners/unit';
import { brandPromiseSchema } from '@touchstone/domain/promises/brand-promise';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { blankMoment, writtenMoment } from './moment-draft.ts';
import { blankPromise, writtenPromise } from './promise-draft.ts';
import { reasonText } from './reason-text.ts';

const reasons = (schema: z.ZodType, given: unknown) => {
	const read = schema.safeParse(given);
	return (read.error?.issues ?? []).map(({ message }) => message);
};
const blank = blankPromise('UTC');
const withRule = (rule: object) => ({ ...writtenPromise(blank), id: 'x', wording: 'x', rule });

test.each([
	['an empty promise', reasons(brandPromiseSchema, writtenPromise({ ...blank, target: '', validFrom: '1' }))],
	['an empty moment', reasons(momentSchema, writtenMoment(blankMoment()))],
	[
		'a moment with an empty condition',
		reasons(
			momentSchema,
			writtenMoment({
				...blankMoment('Ordered'),
				id: 'x',
				claims: [{ event: 'Ordered', where: [{ property: '', operator: 'atLeast', values: [''] }] }],
			}),
		),
	],
	['an empty owner', reasons(ownerSchema, { id: '', name: '', businessFunction: '', email: 'x' })],
	['an empty unit', reasons(unitSchema, { id: ' ', name: '' })],
	['an empty company', reasons(companySchema, { name: '', currency: 'euro', timeZone: 'Mars' })],
	[
		'too high a target',
		reasons(brandPromiseSchema, { ...writtenPromise({ ...blank, target: 120 }), id: 'x' }),
	],
	[
		'a rule without its time',
		reasons(brandPromiseSchema, withRule({ kind: 'by', start: '', end: 'b', due: { within: 'd' } })),
	],
	[
		'a rule without its amount',
		reasons(
			brandPromiseSchema,
			withRule({ kind: 'value', moment: 'a', measure: 'wait', comparison: 'equal', promised: {} }),
		),
	],
])('every reason against %s has words in every language', (_, given) => {
	expect(given.length).toBeGreaterThan(0);
	for (const reason of given)
		expect(
			reasonText(reason, key => key),
			reason,
		).toMatch(/^definitions\.reason\./);
});
