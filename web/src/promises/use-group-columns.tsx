import { UnstyledButton } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconWaveSine } from '@tabler/icons-react';
import type { GroupFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { useMemo } from 'react';
import { IntervalDot } from '../charts/IntervalDot.tsx';
import { roundAxis } from '../charts/scale.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { Column } from '../ui/DataTable.tsx';
import { FigureValue } from '../ui/FigureValue.tsx';
import signs from '../ui/Sign.module.css';

const share = { kind: 'share' } as const;

/** The columns of a ranked list of units, channels or campaigns. */
export function useGroupColumns(
	groups: readonly GroupFigures[],
	of: {
		readonly head: string;
		readonly target: number;
		readonly nameOf: (group: GroupFigures) => string;
		/** What a click on a group shows; left out, it shows nothing else. */
		readonly onPick?: ((id: string) => void) | undefined;
	},
): readonly Column<GroupFigures>[] {
	const { say, formats } = useTexts();
	const { head, target, nameOf, onPick } = of;
	return useMemo(() => {
		const { low, high } = roundAxis(
			groups.flatMap(({ keptRate }) =>
				keptRate.kind === 'estimate' ? [keptRate.interval.low, keptRate.interval.high, target] : [target],
			),
			4,
			[0, 1],
		);
		return [
			{
				key: 'name',
				head,
				width: '30%',
				value: nameOf,
				cell: group =>
					onPick && group.id !== '' ? (
						<UnstyledButton
							className="plain-link"
							title={say('promises.group.only', { name: nameOf(group) })}
							onClick={() => onPick(group.id)}
						>
							{nameOf(group)}
						</UnstyledButton>
					) : (
						nameOf(group)
					),
			},
			{
				key: 'kept',
				head: say('promises.group.kept'),
				align: 'right',
				value: group => (group.keptRate.kind === 'too-few' ? null : group.keptRate.value),
				cell: group => <FigureValue figure={group.keptRate} unit={share} />,
			},
			{
				key: 'against',
				head: say('promises.group.against'),
				cell: group => (
					<IntervalDot
						figure={group.keptRate}
						domain={[low, high]}
						reference={target}
						standing={group.beyond === 'below' ? 'broken' : group.beyond === 'above' ? 'kept' : 'open'}
						label={say(`charts.beyond.${group.beyond}`)}
					/>
				),
				width: 120,
				wide: true,
			},
			{
				key: 'beyond',
				head: say('promises.group.beyond'),
				value: group => say(`promises.beyond.${group.beyond}`),
				cell: group => <Beyond beyond={group.beyond} />,
			},
			{
				key: 'occasions',
				head: say('promises.occasions'),
				align: 'right',
				value: group => group.occasions,
				cell: group => formats.number(group.occasions),
				wide: true,
			},
		];
	}, [groups, head, target, nameOf, onPick, say, formats]);
}

const looks = {
	above: { icon: IconArrowUpRight, color: 'kept' },
	below: { icon: IconArrowDownRight, color: 'broken' },
	within: { icon: IconWaveSine, color: 'quiet' },
	'too-few': { icon: IconWaveSine, color: 'quiet' },
} as const;

function Beyond({ beyond }: { readonly beyond: GroupFigures['beyond'] }) {
	const { say } = useTexts();
	const { icon: Icon, color } = looks[beyond];
	return (
		<span className={`${signs.sign} ${color}`}>
			<Icon size={15} stroke={1.8} aria-hidden />
			{say(`promises.beyond.${beyond}`)}
		</span>
	);
}
