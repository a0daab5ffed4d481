import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { CustomerRow } from '@touchstone/domain/metrics/customer-history.contract';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { Column } from '../ui/DataTable.tsx';
import classes from './Customer.module.css';

/** What a list of customers says of each, amounts in the company's currency. */
export function useCustomerColumns(): (currency: string) => Column<CustomerRow>[] {
	const { say, formats } = useTexts();
	return currency => [
		{
			key: 'id',
			head: say('customers.id'),
			value: ({ id }) => id,
			cell: ({ id }) => (
				<Link to="/customers/$customer" params={{ customer: id }} className={`plain-link ${classes.id}`}>
					{id}
				</Link>
			),
		},
		{
			key: 'lastSeen',
			head: say('customers.lastSeen'),
			value: ({ lastSeen }) => lastSeen,
			cell: ({ lastSeen }) => <span title={formats.time(lastSeen)}>{formats.day(lastSeen)}</span>,
		},
		{
			key: 'firstSeen',
			head: say('customers.firstSeen'),
			value: ({ firstSeen }) => firstSeen,
			cell: ({ firstSeen }) => <span title={formats.time(firstSeen)}>{formats.day(firstSeen)}</span>,
			wide: true,
		},
		{
			key: 'interactions',
			head: say('customers.interactions'),
			align: 'right',
			value: ({ interactions }) => interactions,
			cell: ({ interactions }) => formats.number(interactions),
			wide: true,
		},
		{
			key: 'feedback',
			head: say('customers.feedback'),
			align: 'right',
			value: ({ feedback }) => feedback,
			cell: ({ feedback }) => formats.number(feedback),
			wide: true,
		},
		{
			key: 'broken',
			head: say('customers.broken'),
			align: 'right',
			value: ({ brokenPromises }) => brokenPromises,
			cell: ({ brokenPromises }) =>
				brokenPromises === 0 ? (
					<span className="quiet">0</span>
				) : (
					<span className={`broken ${classes.broken}`}>
						<IconX size={14} stroke={2} aria-hidden />
						{formats.number(brokenPromises)}
					</span>
				),
		},
		{
			key: 'lastScore',
			head: say('customers.lastScore'),
			align: 'right',
			value: ({ lastScore }) => lastScore?.score ?? null,
			cell: ({ lastScore }) =>
				lastScore ? (
					<span title={`${lastScore.scale}, ${formats.day(lastScore.time)}`}>
						{say('customers.score', {
							score: formats.number(lastScore.score),
							high: formats.number(lastScore.scoreHigh),
						})}
					</span>
				) : (
					<span className="quiet">–</span>
				),
			wide: true,
		},
		{
			key: 'revenue',
			head: say('customers.revenue'),
			align: 'right',
			value: ({ revenue }) => (revenue === null ? null : Number(revenue)),
			cell: ({ revenue }) =>
				revenue === null ? <span className="quiet">–</span> : formats.money(Number(revenue), currency),
		},
	];
}
