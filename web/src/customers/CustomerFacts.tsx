import { IconX } from '@tabler/icons-react';
import type { readCustomer } from '@touchstone/domain/metrics/customer-history.contract';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { useNames } from '../definitions/use-names.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './Customer.module.css';
import { useChannelName } from './use-channel-name.ts';

type CustomerSummary = z.output<typeof readCustomer.answer>;

/** What is known of a customer, in sum. */
export function CustomerFacts({ summary }: { readonly summary: CustomerSummary }) {
	const { say, formats } = useTexts();
	const { nameOf } = useNames();
	const channelName = useChannelName();
	const { kept, broken } = summary.verdicts;
	const listed = (items: readonly string[]) => items.join(', ');
	return (
		<dl className={classes.facts}>
			<Fact name={say('customers.firstSeen')}>{formats.day(summary.firstSeen)}</Fact>
			<Fact name={say('customers.lastSeen')}>{formats.day(summary.lastSeen)}</Fact>
			<Fact name={say('customers.interactions')}>{formats.number(summary.interactions)}</Fact>
			<Fact name={say('customers.feedback')}>{formats.number(summary.feedback)}</Fact>
			<Fact name={say('customers.promises')}>
				{kept + broken === 0
					? say('customers.untested')
					: say('customers.keptOf', { kept: formats.number(kept), decided: formats.number(kept + broken) })}
			</Fact>
			<Fact name={say('customers.broken')}>
				{summary.brokenPromises === 0 ? (
					'0'
				) : (
					<span className={`broken ${classes.broken}`}>
						<IconX size={14} stroke={2} aria-hidden />
						{formats.number(summary.brokenPromises)}
					</span>
				)}
			</Fact>
			<Fact name={say('customers.lastScore')}>
				{summary.lastScore
					? `${say('customers.score', {
							score: formats.number(summary.lastScore.score),
							high: formats.number(summary.lastScore.scoreHigh),
						})} (${summary.lastScore.scale})`
					: '–'}
			</Fact>
			<Fact name={say('customers.revenue')}>
				{summary.revenue === null ? '–' : formats.money(Number(summary.revenue), summary.currency)}
			</Fact>
			<Fact name={say('customers.channels')} wide>
				{listed(summary.channels.map(channelName)) || '–'}
			</Fact>
			<Fact name={say('customers.units')} wide>
				{listed(summary.units.map(nameOf)) || '–'}
			</Fact>
			{summary.accounts.length > 0 ? (
				<Fact name={say('customers.accounts')} wide>
					{listed(summary.accounts)}
				</Fact>
			) : null}
			{summary.alsoKnownAs.length > 0 ? (
				<Fact name={say('customers.alsoKnownAs')} wide>
					{listed(summary.alsoKnownAs)}
				</Fact>
			) : null}
		</dl>
	);
}

function Fact({
	name,
	wide,
	children,
}: {
	readonly name: string;
	readonly wide?: boolean;
	readonly children: ReactNode;
}) {
	return (
		<div className={classes.fact} data-wide={wide}>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
