import { ActionIcon } from '@mantine/core';
import {
	IconCheck,
	IconChevronDown,
	IconCircleOff,
	IconClock,
	IconMessage,
	IconPointFilled,
	IconQuestionMark,
	IconShoppingBag,
	IconX,
} from '@tabler/icons-react';
import type { TimelineEntry } from '@touchstone/domain/metrics/customer-history.contract';
import { type ReactNode, useId, useState } from 'react';
import { useNames } from '../definitions/use-names.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { EntryDetails } from './EntryDetails.tsx';
import classes from './Timeline.module.css';
import { entryKey } from './timeline-days.ts';
import { useBesideEntry } from './use-beside-entry.ts';

const verdictSigns = {
	kept: { icon: IconCheck, color: 'kept' },
	broken: { icon: IconX, color: 'broken' },
	pending: { icon: IconClock, color: 'pending' },
	unknown: { icon: IconQuestionMark, color: 'quiet' },
	void: { icon: IconCircleOff, color: 'quiet' },
} as const;

/** One thing that happened: when, what, and on demand everything that is known about it. */
export function TimelineItem({
	entry,
	loaded,
}: {
	readonly entry: TimelineEntry;
	/** What is on the page, so that evidence can lead there. */
	readonly loaded: ReadonlySet<string>;
}) {
	const { say, formats } = useTexts();
	const beside = useBesideEntry();
	const [open, setOpen] = useState(false);
	const details = useId();
	return (
		<li className={classes.entry} id={entryKey(entry)}>
			<time className={classes.clock} dateTime={entry.time}>
				{formats.clock(entry.time)}
			</time>
			<div className={classes.sign}>
				<Sign entry={entry} />
			</div>
			<div className={classes.card}>
				<div className={classes.head}>
					<div className={classes.what}>
						<span className={classes.title}>
							<Heading entry={entry} />
						</span>
						<span className={classes.beside}>{beside(entry)}</span>
					</div>
					<ActionIcon
						variant="subtle"
						color="gray"
						size={26}
						className={classes.more}
						aria-expanded={open}
						aria-controls={details}
						aria-label={`${say('customers.details')}: ${formats.time(entry.time)}`}
						onClick={() => setOpen(!open)}
					>
						<IconChevronDown size={15} aria-hidden data-open={open || undefined} />
					</ActionIcon>
				</div>
				{entry.kind === 'feedback' && entry.words !== '' ? (
					<blockquote className={classes.words} lang={entry.language || undefined}>
						“{entry.words}”
					</blockquote>
				) : null}
				<div id={details}>{open ? <EntryDetails entry={entry} loaded={loaded} /> : null}</div>
			</div>
		</li>
	);
}

function Sign({ entry }: { readonly entry: TimelineEntry }) {
	switch (entry.kind) {
		case 'interaction':
			return entry.revenue !== null && Number(entry.revenue) > 0 ? (
				<span data-sale>
					<IconShoppingBag size={14} stroke={1.8} aria-hidden />
				</span>
			) : (
				<span>
					<IconPointFilled size={12} aria-hidden />
				</span>
			);
		case 'feedback':
			return (
				<span>
					<IconMessage size={14} stroke={1.8} aria-hidden />
				</span>
			);
		case 'verdict': {
			const { icon: Icon, color } = verdictSigns[entry.verdict];
			return (
				<span className={color}>
					<Icon size={14} stroke={2.2} aria-hidden />
				</span>
			);
		}
	}
}

function Heading({ entry }: { readonly entry: TimelineEntry }): ReactNode {
	const { say } = useTexts();
	const { nameOf } = useNames();
	if (entry.kind === 'verdict') {
		return (
			<>
				<span className={verdictSigns[entry.verdict].color}>{say(`customers.verdict.${entry.verdict}`)}</span>
				{': '}
				<LinkTo to="/promises/$promise" params={{ promise: entry.promise }} size="sm" fw={500}>
					{nameOf(entry.promise)}
				</LinkTo>
			</>
		);
	}
	const moment =
		entry.moment === '' ? null : (
			<LinkTo to="/moments/$moment" params={{ moment: entry.moment }} size="sm" fw={550} c="inherit">
				{nameOf(entry.moment)}
			</LinkTo>
		);
	if (entry.kind === 'interaction') return moment ?? entry.event;
	return moment ? (
		<>
			{say('customers.said')}: {moment}
		</>
	) : (
		say('customers.said')
	);
}
