import { z } from 'zod';
import { contradictions } from '../promises/contradictions.ts';
import { testedMoments } from '../promises/rule-moments.ts';
import { type Definitions, definitionKinds } from './definitions.ts';

export const findingCodes = [
	'moment-without-owner',
	'promise-without-test',
	'promise-tested-elsewhere',
	'promise-without-keeper',
	'promises-contradict',
	'moment-without-promise',
	'moment-without-claim',
	'claims-overlap',
	'event-unclaimed',
	'several-chiefs',
] as const;

/** Something in the definitions that is allowed but unwise, and what to do about it. */
export const findingSchema = z.object({
	code: z.enum(findingCodes),
	/** What it is about; an event is known by its name. */
	about: z.array(z.object({ kind: z.enum([...definitionKinds, 'event']), id: z.string() })),
	message: z.string(),
	advice: z.string(),
});
export type Finding = z.output<typeof findingSchema>;

/** An event name that arrived without a moment: how many rows of it were stored so, and the last day (UTC) one was. */
export type ReceivedEvent = { readonly event: string; readonly rows: number; readonly lastDay: string };

/** Everything in the definitions that someone should look at, in the order of `findingCodes`. */
export function findings(definitions: Definitions, unnamed: readonly ReceivedEvent[]): Finding[] {
	return [
		...momentsWithoutOwner(definitions),
		...promisesWithoutTest(definitions),
		...promisesTestedElsewhere(definitions),
		...promisesWithoutKeeper(definitions),
		...contradictingPromises(definitions),
		...momentsWithoutPromise(definitions),
		...momentsWithoutClaim(definitions),
		...overlappingClaims(definitions),
		...unclaimedEvents(definitions, unnamed),
		...severalChiefs(definitions),
	];
}

function momentsWithoutOwner({ moments }: Definitions): Finding[] {
	return moments
		.filter(({ owner }) => owner === undefined)
		.map(({ id, name }) => ({
			code: 'moment-without-owner',
			about: [{ kind: 'moment', id }],
			message: `Nobody owns the moment “${name}”.`,
			advice: 'Name the one accountable owner in `owner`.',
		}));
}

function promisesWithoutTest({ promises }: Definitions): Finding[] {
	return promises
		.filter(({ moment, rule }) => moment === undefined || rule === undefined)
		.map(({ id, wording, moment, rule }) => ({
			code: 'promise-without-test',
			about: [{ kind: 'promise', id }],
			message: `${moment === undefined ? 'No moment tests' : 'No rule tests'} the promise “${wording}”.`,
			advice:
				moment === undefined && rule === undefined
					? 'Name the `moment` that puts it to the test, and the `rule` by which it is judged.'
					: moment === undefined
						? 'Name the `moment` that puts it to the test.'
						: 'Give it the `rule` by which it is judged.',
		}));
}

function promisesTestedElsewhere({ promises }: Definitions): Finding[] {
	return promises.flatMap(({ id, wording, moment, rule }): Finding[] => {
		if (!moment || !rule || testedMoments(rule).some(tested => tested.moment === moment)) return [];
		return [
			{
				code: 'promise-tested-elsewhere',
				about: [
					{ kind: 'promise', id },
					{ kind: 'moment', id: moment },
				],
				message: `The rule of “${wording}” does not look at its moment ${moment}.`,
				advice: 'Let `moment` and `rule` speak of the same moment.',
			},
		];
	});
}

function promisesWithoutKeeper({ promises }: Definitions): Finding[] {
	return promises
		.filter(({ keptBy }) => keptBy === undefined)
		.map(({ id, wording }) => ({
			code: 'promise-without-keeper',
			about: [{ kind: 'promise', id }],
			message: `Nobody has to keep the promise “${wording}”.`,
			advice: 'Name the owner who can keep it in `keptBy`.',
		}));
}

function contradictingPromises({ promises }: Definitions): Finding[] {
	return contradictions(promises).map(({ one, other, how }) => ({
		code: 'promises-contradict',
		about: [
			{ kind: 'promise', id: one.id },
			{ kind: 'promise', id: other.id },
		],
		message: `“${one.wording}” and “${other.wording}” ${how}.`,
		advice: 'Say one thing everywhere, or let one end (`validTo`) before the other begins (`validFrom`).',
	}));
}

function momentsWithoutPromise({ moments, promises }: Definitions): Finding[] {
	const covered = new Set(
		promises.flatMap(({ moment, rule }) => [
			...(moment ? [moment] : []),
			...(rule ? testedMoments(rule).map(tested => tested.moment) : []),
		]),
	);
	return moments
		.filter(({ id }) => !covered.has(id))
		.map(({ id, name }) => ({
			code: 'moment-without-promise',
			about: [{ kind: 'moment', id }],
			message: `No promise covers the moment “${name}”.`,
			advice: 'Register what the customer may expect here, even if nobody said it in so many words.',
		}));
}

function momentsWithoutClaim({ moments }: Definitions): Finding[] {
	return moments
		.filter(({ claims }) => claims.length === 0)
		.map(({ id, name }) => ({
			code: 'moment-without-claim',
			about: [{ kind: 'moment', id }],
			message: `The moment “${name}” claims no event, so no interaction is ever named so.`,
			advice: 'Add the events that are this moment to `claims`, or archive it.',
		}));
}

function overlappingClaims({ moments }: Definitions): Finding[] {
	const claimed = new Map<string, { id: string; name: string }>();
	return moments.flatMap(({ id, name, claims }) =>
		claims.flatMap(({ event, where }): Finding[] => {
			const key = JSON.stringify([event, where.map(condition => JSON.stringify(condition)).sort()]);
			const first = claimed.get(key);
			if (!first) claimed.set(key, { id, name });
			if (!first || first.id === id) return [];
			return [
				{
					code: 'claims-overlap',
					about: [
						{ kind: 'moment', id: first.id },
						{ kind: 'moment', id },
						{ kind: 'event', id: event },
					],
					message: `“${first.name}” and “${name}” claim the same interactions of “${event}”; all of them are named ${first.id}.`,
					advice: 'Tell the two apart by conditions in `where`, or let only one of them claim the event.',
				},
			];
		}),
	);
}

function unclaimedEvents({ moments }: Definitions, unnamed: readonly ReceivedEvent[]): Finding[] {
	const claimed = new Set(moments.flatMap(({ claims }) => claims.map(({ event }) => event)));
	return unnamed
		.filter(({ event }) => !claimed.has(event))
		.map(({ event, rows, lastDay }) => ({
			code: 'event-unclaimed',
			about: [{ kind: 'event', id: event }],
			message: `No moment claims “${event}”, which was received about ${rows} times, the newest of ${lastDay}.`,
			advice: 'Let the moment it belongs to claim it; what has arrived is named then.',
		}));
}

function severalChiefs({ owners }: Definitions): Finding[] {
	const chiefs = owners.filter(({ reportsTo }) => reportsTo === undefined);
	if (chiefs.length < 2) return [];
	return [
		{
			code: 'several-chiefs',
			about: chiefs.map(({ id }) => ({ kind: 'owner', id })),
			message: `${chiefs.length} owners report to nobody: ${chiefs.map(({ name }) => name).join(', ')}.`,
			advice: 'Let all but the one accountable chief report to somebody.',
		},
	];
}
