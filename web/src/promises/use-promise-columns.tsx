import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { PromiseSummary } from '@touchstone/domain/metrics/promise-figures.contract';
import { useMemo } from 'react';
import { Sparkline } from '../charts/Sparkline.tsx';
import { keptPoints } from '../charts/trend.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { Column } from '../ui/DataTable.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { OwnerName } from '../ui/OwnerName.tsx';
import { TargetSign } from '../ui/TargetSign.tsx';
import { saidInWords } from './said-in-words.ts';

const share = { kind: 'share' } as const;

/** The columns of the list of promises. */
export function usePromiseColumns(): readonly Column<PromiseSummary>[] {
	const { say, formats } = useTexts();
	return useMemo(
		() => [
			{
				key: 'promise',
				head: say('promises.promise'),
				value: promise => promise.wording,
				cell: promise => (
					<>
						<Link to="/promises/$promise" params={{ promise: promise.id }} search className="plain-link">
							{promise.wording}
						</Link>
						<Text size="xs" className="quiet">
							{saidInWords(promise.saidIn, say)}
						</Text>
					</>
				),
			},
			{
				key: 'said',
				head: say('promises.saidIn'),
				value: promise => saidInWords(promise.saidIn, say),
				cell: () => null,
				hidden: true,
			},
			{
				key: 'moment',
				head: say('promises.moment'),
				value: promise => promise.moment?.name ?? '',
				cell: promise => promise.moment?.name ?? <span className="quiet">{say('ui.none')}</span>,
				wide: true,
			},
			{
				key: 'owner',
				head: say('promises.owner'),
				value: promise => promise.keptBy?.name ?? '',
				cell: promise => <OwnerName owner={promise.keptBy} />,
				wide: true,
			},
			{
				key: 'kept',
				head: say('promises.kept'),
				align: 'right',
				value: promise => (promise.keptRate.kind === 'too-few' ? null : promise.keptRate.value),
				cell: promise => <FigureValue figure={promise.keptRate} unit={share} size="stacked" />,
			},
			...(['low', 'high'] as const).map(
				(end): Column<PromiseSummary> => ({
					key: end,
					head: say(`charts.${end}`),
					value: ({ keptRate }) => (keptRate.kind === 'estimate' ? keptRate.interval[end] : null),
					cell: () => null,
					hidden: true,
				}),
			),
			{
				key: 'trend',
				head: say('promises.trend'),
				cell: promise => <Trend promise={promise} />,
				wide: true,
			},
			{
				key: 'target',
				head: say('promises.target'),
				value: promise => promise.target,
				cell: promise => (
					<>
						<span className="tabular">{formats.share(promise.target)}</span>
						<br />
						<TargetSign meets={promise.meetsTarget} />
					</>
				),
			},
			{
				key: 'standing',
				head: say('promises.standing'),
				value: promise => say(`ui.target.${promise.meetsTarget}`),
				cell: () => null,
				hidden: true,
			},
			{
				key: 'occasions',
				head: say('promises.occasions'),
				align: 'right',
				value: promise => promise.occasions,
				cell: promise => formats.number(promise.occasions),
				wide: true,
			},
			...(['unknown', 'pending'] as const).map(
				(part): Column<PromiseSummary> => ({
					key: part,
					head: say(`promises.${part}`),
					align: 'right',
					value: promise => promise[`${part}Share`],
					cell: promise => {
						const value = promise[`${part}Share`];
						return value ? formats.share(value) : <span className="quiet">{value === 0 ? '0' : '–'}</span>;
					},
					wide: true,
				}),
			),
		],
		[say, formats],
	);
}

function Trend({ promise }: { readonly promise: PromiseSummary }) {
	const { say, formats } = useTexts();
	const points = keptPoints(promise.trend);
	const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
	const label = say('promises.trendFromTo', {
		from: formats.share(known[0] ?? 0),
		to: formats.share(known.at(-1) ?? 0),
	});
	return <Sparkline points={points} label={label} target={promise.target} />;
}
