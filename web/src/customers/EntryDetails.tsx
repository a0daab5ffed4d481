import { Anchor } from '@mantine/core';
import type { TimelineEntry } from '@touchstone/domain/metrics/customer-history.contract';
import { Fragment, type ReactNode } from 'react';
import { useNames } from '../definitions/use-names.ts';
import { type Say, useTexts } from '../texts/TextsProvider.tsx';
import classes from './Timeline.module.css';

/** Everything that is known of one entry: its fields, its properties, and what proves a verdict. */
export function EntryDetails({
	entry,
	loaded,
}: {
	readonly entry: TimelineEntry;
	readonly loaded: ReadonlySet<string>;
}) {
	const { say, formats } = useTexts();
	const { nameOf } = useNames();
	const fields = fieldsOf(entry, say, nameOf, formats.number);
	return (
		<dl className={classes.details}>
			{fields
				.filter(([, value]) => value !== '')
				.map(([name, value]) => (
					<Field key={name} name={name}>
						{value}
					</Field>
				))}
			{entry.kind === 'interaction'
				? Object.entries(entry.properties).map(([name, value]) => (
						<Field key={name} name={name}>
							{typeof value === 'string' ? value : JSON.stringify(value)}
						</Field>
					))
				: null}
			{entry.kind === 'verdict' ? (
				<Field name={say('customers.evidence')}>
					{entry.evidence.map((id, place) => (
						<Fragment key={id}>
							{place > 0 ? ', ' : ''}
							<Evidence id={id} loaded={loaded} />
						</Fragment>
					))}
				</Field>
			) : null}
		</dl>
	);
}

/** Leads to what proves a verdict, where it is on the page. */
function Evidence({ id, loaded }: { readonly id: string; readonly loaded: ReadonlySet<string> }) {
	const key = [`interaction-${id}`, `feedback-${id}`].find(candidate => loaded.has(candidate));
	return key ? (
		<Anchor href={`#${key}`} size="xs">
			{id}
		</Anchor>
	) : (
		id
	);
}

function Field({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</>
	);
}

function fieldsOf(
	entry: TimelineEntry,
	say: Say,
	nameOf: (id: string) => string,
	number: (value: number) => string,
): readonly (readonly [string, string])[] {
	const shared = [
		[say('customers.field.subject'), entry.subject],
		[say('customers.field.unit'), entry.unit === '' ? '' : `${nameOf(entry.unit)} (${entry.unit})`],
		[say('customers.field.campaign'), entry.campaign],
	] as const;
	if (entry.kind === 'verdict') return shared;
	const reach = entry.reach === null ? '' : number(entry.reach);
	const own =
		entry.kind === 'interaction'
			? ([
					[say('customers.field.event'), entry.event],
					[say('customers.field.agent'), entry.agent],
					[say('customers.field.outcome'), entry.outcome],
				] as const)
			: ([
					[say('customers.field.type'), entry.type],
					[say('customers.field.language'), entry.language],
				] as const);
	return [
		...own,
		...shared,
		[say('customers.field.account'), entry.account],
		[say('customers.field.reach'), reach],
		[say('customers.field.source'), entry.source],
		[say('customers.field.id'), entry.id],
	];
}
