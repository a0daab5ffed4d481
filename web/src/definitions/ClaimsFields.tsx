import { ActionIcon, Autocomplete, Button, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Moment } from '@touchstone/domain/moments/moment';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './ClaimsFields.module.css';
import { ConditionFields } from './ConditionFields.tsx';
import { findingsQuery } from './FindingsPanel.tsx';
import type { ClaimDraft } from './moment-draft.ts';

type Reason = (place: string) => string | undefined;

/** The events a moment claims, each with the conditions under which it does. */
export function ClaimsFields({
	claims,
	moments,
	onChange,
	reason,
}: {
	readonly claims: readonly ClaimDraft[];
	readonly moments: readonly Moment[];
	readonly onChange: (claims: readonly ClaimDraft[]) => void;
	readonly reason: Reason;
}) {
	const { say } = useTexts();
	return (
		<div className={classes.claims}>
			{claims.length === 0 ? (
				<Text size="sm" className="pending">
					{say('definitions.moment.claims.none')}
				</Text>
			) : null}
			{claims.map((claim, place) => (
				<ClaimFields
					// biome-ignore lint/suspicious/noArrayIndexKey: claims have no other identity, and they are not moved about
					key={place}
					claim={claim}
					moments={moments}
					onChange={changed => onChange(claims.map((one, index) => (index === place ? changed : one)))}
					onRemove={() => onChange(claims.filter((_, index) => index !== place))}
					reason={inner => reason(`claims[${place}].${inner}`)}
				/>
			))}
			<Button
				size="compact-sm"
				variant="subtle"
				className={classes.add}
				leftSection={<IconPlus size={14} aria-hidden />}
				onClick={() => onChange([...claims, { event: '', where: [] }])}
			>
				{say('definitions.moment.addEvent')}
			</Button>
		</div>
	);
}

function ClaimFields({
	claim,
	moments,
	onChange,
	onRemove,
	reason,
}: {
	readonly claim: ClaimDraft;
	readonly moments: readonly Moment[];
	readonly onChange: (claim: ClaimDraft) => void;
	readonly onRemove: () => void;
	readonly reason: Reason;
}) {
	const { say } = useTexts();
	const { event, where } = claim;
	const suggested = useSuggestedEvents(moments);
	return (
		<fieldset className={classes.claim}>
			<legend>{event || say('definitions.moment.event')}</legend>
			<div className={classes.event}>
				<Autocomplete
					openOnFocus={false}
					aria-label={say('definitions.moment.event')}
					placeholder={say('definitions.moment.event.hint')}
					maxLength={200}
					limit={50}
					data={suggested}
					value={event}
					error={reason('event')}
					onChange={changed => onChange({ ...claim, event: changed })}
				/>
				<ActionIcon
					variant="subtle"
					color="gray"
					size={36}
					aria-label={say('definitions.moment.removeEvent', { event })}
					onClick={onRemove}
				>
					<IconTrash size={16} stroke={1.6} />
				</ActionIcon>
			</div>
			{where.map((condition, place) => (
				<ConditionFields
					// biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other identity, and they are not moved about
					key={place}
					condition={condition}
					error={reason(`where[${place}]`)}
					onChange={changed =>
						onChange({ ...claim, where: where.map((one, index) => (index === place ? changed : one)) })
					}
					onRemove={() => onChange({ ...claim, where: where.filter((_, index) => index !== place) })}
				/>
			))}
			<Button
				size="compact-xs"
				variant="subtle"
				color="gray"
				className={classes.add}
				leftSection={<IconPlus size={13} aria-hidden />}
				onClick={() =>
					onChange({ ...claim, where: [...where, { property: '', operator: 'is', values: [''] }] })
				}
			>
				{say('definitions.moment.addCondition')}
			</Button>
		</fieldset>
	);
}

/** Events that arrive and nobody claims come first: they are what one looks for here. */
function useSuggestedEvents(moments: readonly Moment[]) {
	const { say } = useTexts();
	const findings = useQuery(findingsQuery).data?.findings ?? [];
	const unclaimed = findings
		.filter(({ code }) => code === 'event-unclaimed')
		.flatMap(({ about }) => about.map(({ id }) => id));
	const claimed = new Set(moments.flatMap(({ claims }) => claims.map(({ event }) => event)));
	for (const event of unclaimed) claimed.delete(event);
	return [
		{ group: say('definitions.moment.event.unclaimed'), items: unclaimed },
		{ group: say('definitions.moment.event.claimed'), items: [...claimed].sort() },
	].filter(({ items }) => items.length > 0);
}
