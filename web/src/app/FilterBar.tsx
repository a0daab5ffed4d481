import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { channels } from '@touchstone/domain/moments/moment';
import { useTexts } from '../texts/TextsProvider.tsx';
import { unitsQuery } from './definitions-query.ts';
import classes from './FilterBar.module.css';
import { type PeriodSearch, periodSearchSchema, usualComparison, usualPeriod } from './period-search.ts';
import { useMe } from './session.ts';
import { unitsGiven } from './units-given.ts';

const periods = ['30d', '90d', '12m', 'all', 'custom'] as const;
const comparisons = ['before', 'year', 'none'] as const;

/** Every part of the bar as not asked for. */
const nothing = Object.fromEntries(Object.keys(periodSearchSchema.shape).map(name => [name, undefined]));

/** One bar for a whole page: of when, compared with what, where, in which channel, of whom. Kept in the address. */
export function FilterBar() {
	const { say } = useTexts();
	const search = useSearch({ from: '/inside/framed' });
	const navigate = useNavigate();
	const units = unitsGiven(useQuery(unitsQuery).data ?? [], useMe().units);
	const change = (part: Partial<Record<keyof PeriodSearch, string>>) => {
		const given = Object.fromEntries(
			Object.entries({ ...nothing, ...search, ...part }).map(([name, value]) => [name, value || undefined]),
		);
		// What else a page keeps in its address stays.
		void navigate({
			to: '.',
			search: (others: object) => ({ ...others, ...nothing, ...periodSearchSchema.parse(given) }),
			replace: true,
		});
	};
	return (
		<Group gap="xs" className={classes.bar} role="group" aria-label={say('ui.filter')}>
			<NativeSelect
				size="xs"
				aria-label={say('app.period')}
				value={search.period ?? usualPeriod}
				onChange={event => change({ period: event.currentTarget.value })}
				data={periods.map(value => ({ value, label: say(`app.period.${value}`) }))}
			/>
			{search.period === 'custom' ? (
				<>
					<TextInput
						size="xs"
						type="date"
						aria-label={say('app.from')}
						value={search.from ?? ''}
						onChange={event => change({ from: event.currentTarget.value })}
					/>
					<TextInput
						size="xs"
						type="date"
						aria-label={say('app.to')}
						value={search.to ?? ''}
						onChange={event => change({ to: event.currentTarget.value })}
					/>
				</>
			) : null}
			<NativeSelect
				size="xs"
				aria-label={say('app.compare')}
				value={search.compare ?? usualComparison}
				onChange={event => change({ compare: event.currentTarget.value })}
				data={comparisons.map(value => ({
					value,
					label:
						value === 'none'
							? say('app.compare.none')
							: `${say('app.compare')}: ${say(`app.compare.${value}`)}`,
				}))}
			/>
			<NativeSelect
				size="xs"
				aria-label={say('app.unit')}
				value={search.unit ?? ''}
				onChange={event => change({ unit: event.currentTarget.value })}
				data={[
					{ value: '', label: say('app.unit.all') },
					...units.map(({ id, name, depth }) => ({ value: id, label: `${'\u2003'.repeat(depth)}${name}` })),
				]}
			/>
			<NativeSelect
				size="xs"
				aria-label={say('app.channel')}
				value={search.channel ?? ''}
				onChange={event => change({ channel: event.currentTarget.value })}
				data={[
					{ value: '', label: say('app.channel.all') },
					...channels.map(value => ({ value, label: value })),
				]}
			/>
			<NativeSelect
				size="xs"
				aria-label={say('app.segment')}
				value={search.segment ?? ''}
				onChange={event => change({ segment: event.currentTarget.value })}
				data={[
					{ value: '', label: say('app.segment.all') },
					{ value: 'person', label: say('app.segment.person') },
					{ value: 'account', label: say('app.segment.account') },
				]}
			/>
		</Group>
	);
}
