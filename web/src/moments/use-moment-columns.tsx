import { Link } from '@tanstack/react-router';
import type { Figure } from '@touchstone/domain/metrics/figure';
import type { MomentSummary } from '@touchstone/domain/metrics/moment-figures.contract';
import { stages } from '@touchstone/domain/moments/moment';
import { Sparkline } from '../charts/Sparkline.tsx';
import { volumePoints } from '../charts/trend.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { Column } from '../ui/DataTable.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import { OwnerName } from '../ui/OwnerName.tsx';

const share = { kind: 'share' } as const;
const number = { kind: 'number' } as const;
const score = { kind: 'score' } as const;

/** What the list of moments says of each. */
export function useMomentColumns(): Column<MomentSummary>[] {
	const { say } = useTexts();
	return [
		{
			key: 'name',
			head: say('moments.name'),
			value: ({ name }) => name,
			width: '26%',
			cell: ({ id, name }) => (
				<Link to="/moments/$moment" params={{ moment: id }} search className="plain-link">
					{name}
				</Link>
			),
		},
		{
			key: 'stage',
			head: say('moments.stage'),
			// Sorted as customers live through them.
			value: ({ stage }) => `${stages.indexOf(stage) + 1} ${say(`moments.stage.${stage}`)}`,
			cell: ({ stage }) => say(`moments.stage.${stage}`),
			wide: true,
		},
		{
			key: 'channel',
			head: say('moments.channel'),
			value: ({ channel }) => say(`moments.channel.${channel}`),
			cell: ({ channel }) => say(`moments.channel.${channel}`),
			wide: true,
		},
		{
			key: 'owner',
			head: say('moments.owner'),
			value: ({ owner }) => owner?.name ?? null,
			cell: ({ owner }) => <OwnerName owner={owner} />,
			wide: true,
		},
		{
			key: 'volume',
			head: say('moments.volume'),
			align: 'right',
			value: ({ volume }) => valueIn(volume),
			cell: ({ volume }) => <FigureValue figure={volume} unit={number} />,
		},
		{
			key: 'trend',
			head: say('moments.trend'),
			cell: ({ name, trend }) => (
				<Sparkline points={volumePoints(trend)} label={say('moments.trendLabel', { name })} />
			),
			wide: true,
		},
		{
			key: 'customers',
			head: say('moments.customers'),
			align: 'right',
			value: ({ customers }) => valueIn(customers),
			cell: ({ customers }) => <FigureValue figure={customers} unit={number} />,
			wide: true,
		},
		{
			key: 'kept',
			head: say('moments.keptRate'),
			align: 'right',
			value: ({ keptRate }) => valueIn(keptRate),
			cell: ({ keptRate }) =>
				keptRate.n === 0 ? <span className="quiet">–</span> : <FigureValue figure={keptRate} unit={share} />,
		},
		{
			key: 'score',
			head: say('moments.score'),
			align: 'right',
			value: ({ scores: [first] }) => (first ? valueIn(first.mean) : null),
			cell: ({ scores: [first] }) =>
				first ? (
					<>
						<FigureValue figure={first.mean} unit={score} /> <span className="quiet">{first.scale}</span>
					</>
				) : (
					<span className="quiet">–</span>
				),
		},
	];
}

function valueIn(figure: Figure): number | null {
	return figure.kind === 'too-few' ? null : figure.value;
}
