import type { TimelineEntry } from '@touchstone/domain/metrics/customer-history.contract';
import { amountWords } from '../definitions/amount-words.ts';
import { useNames } from '../definitions/use-names.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { useChannelName } from './use-channel-name.ts';

type EntryOf<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { readonly kind: Kind }>;

/** What stands quietly behind the title of an entry: where it was, and the amounts that matter. */
export function useBesideEntry(): (entry: TimelineEntry) => string {
	const { say, formats } = useTexts();
	const { nameOf, definitions } = useNames();
	const channelName = useChannelName();
	const place = ({ channel, unit }: TimelineEntry) => [
		channel === '' ? '' : channelName(channel),
		unit === '' ? '' : nameOf(unit),
	];
	const ofInteraction = (entry: EntryOf<'interaction'>) => [
		...place(entry),
		entry.revenue === null
			? ''
			: say('customers.spent', { amount: formats.money(Number(entry.revenue), entry.currency) }),
		entry.waitSeconds === null
			? ''
			: say('customers.waited', { length: formats.duration(entry.waitSeconds) }),
		entry.durationSeconds === null
			? ''
			: say('customers.lasted', { length: formats.duration(entry.durationSeconds) }),
		entry.outcome,
	];
	const ofFeedback = (entry: EntryOf<'feedback'>) => [
		entry.score === null
			? ''
			: `${say('customers.score', {
					score: formats.number(entry.score),
					high: formats.number(entry.scoreHigh),
				})} (${entry.scale})`,
		...place(entry),
	];
	const ofVerdict = (entry: EntryOf<'verdict'>) => {
		const rule = definitions?.promises.find(({ id }) => id === entry.promise)?.rule;
		const amounts =
			rule && entry.promised !== null && entry.delivered !== null
				? say('customers.amounts', {
						promised: amountWords(rule, entry.promised, formats),
						delivered: amountWords(rule, entry.delivered, formats),
					})
				: '';
		const pending = entry.verdict === 'pending' && entry.due !== null;
		return [
			amounts,
			pending && entry.due !== null ? say('customers.due', { time: formats.time(entry.due) }) : '',
		];
	};
	return entry => {
		const parts =
			entry.kind === 'interaction'
				? ofInteraction(entry)
				: entry.kind === 'feedback'
					? ofFeedback(entry)
					: ofVerdict(entry);
		return parts.filter(Boolean).join(' · ');
	};
}
