import { Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { channelSchema } from '@touchstone/domain/moments/moment';
import type { Occasion } from '@touchstone/domain/verdicts/verdicts.contract';
import { useMemo } from 'react';
import { unitsQuery } from '../app/definitions-query.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { Column } from '../ui/DataTable.tsx';
import { VerdictSign } from '../ui/VerdictSign.tsx';
import { amountWriter, marginWriter } from './margin-writer.ts';

/** The columns of the list of occasions. Amounts are exported as numbers: seconds, or the measure's own unit. */
export function useOccasionColumns(
	{ margins }: PromiseFigures,
	onOpen: (occasion: Occasion) => void,
): readonly Column<Occasion>[] {
	const { say, formats } = useTexts();
	const units = useQuery(unitsQuery).data;
	return useMemo(() => {
		const unitName = (id: string) => units?.find(unit => unit.id === id)?.name ?? id;
		const channelName = (id: string) => {
			const channel = channelSchema.safeParse(id);
			return channel.success ? say(`moments.channel.${channel.data}`) : id;
		};
		const write = amountWriter(margins.unit, formats);
		const amount = (key: 'promised' | 'delivered'): Column<Occasion> => ({
			key,
			head: say(`promises.list.${key}`),
			align: 'right',
			value: occasion => occasion[key],
			cell: occasion => {
				const value = occasion[key];
				return value === null ? <span className="quiet">–</span> : write(value);
			},
			wide: true,
		});
		const hidden = (key: string, head: string, value: (occasion: Occasion) => string): Column<Occasion> => ({
			key,
			head,
			value,
			cell: () => null,
			hidden: true,
		});
		return [
			{
				key: 'time',
				head: say('promises.list.time'),
				value: occasion => occasion.time,
				cell: occasion => (
					<UnstyledButton className="plain-link tabular" onClick={() => onOpen(occasion)}>
						{formats.time(occasion.time)}
					</UnstyledButton>
				),
			},
			{
				key: 'verdict',
				head: say('promises.list.verdict'),
				value: occasion => occasion.verdict,
				cell: occasion => (
					<>
						<VerdictSign verdict={occasion.verdict} />
						{occasion.late ? (
							<Text span size="xs" className="quiet">
								{` ${say('promises.list.late')}`}
							</Text>
						) : null}
					</>
				),
			},
			{
				key: 'customer',
				head: say('promises.list.customer'),
				value: occasion => occasion.customer,
				cell: occasion => (
					<Link to="/customers/$customer" params={{ customer: occasion.customer }} className="plain-link">
						{occasion.customer}
					</Link>
				),
			},
			{
				key: 'unit',
				head: say('promises.unit'),
				value: occasion => unitName(occasion.unit),
				cell: occasion => unitName(occasion.unit),
				wide: true,
			},
			{
				key: 'channel',
				head: say('promises.channel'),
				value: occasion => channelName(occasion.channel),
				cell: occasion => channelName(occasion.channel),
				wide: true,
			},
			hidden('campaign', say('promises.campaign'), ({ campaign }) => campaign),
			hidden('subject', say('promises.list.subject'), ({ subject }) => subject),
			hidden('due', say('promises.list.due'), ({ due }) => due ?? ''),
			hidden('decided', say('promises.list.decided'), ({ decidedAt }) => decidedAt ?? ''),
			hidden('version', say('promises.list.version'), ({ promiseVersion }) => String(promiseVersion)),
			amount('promised'),
			amount('delivered'),
			{
				key: 'margin',
				head: say('promises.list.margin'),
				align: 'right',
				value: occasion => occasion.margin,
				cell: occasion =>
					occasion.margin === null ? (
						<span className="quiet">–</span>
					) : (
						marginWriter(margins.unit, formats)(occasion.margin)
					),
			},
		];
	}, [say, formats, units, margins.unit, onOpen]);
}
