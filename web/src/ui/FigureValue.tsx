import { UnstyledButton } from '@mantine/core';
import type { Figure } from '@touchstone/domain/metrics/figure';
import type { Formats } from '../texts/formats.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './FigureValue.module.css';
import { useHowComputed } from './HowComputed.tsx';

/** What a figure is measured in, and so how it is written. */
export type FigureUnit =
	| { readonly kind: 'share' | 'points' | 'gap' | 'number' | 'signed' | 'duration' | 'score' }
	| { readonly kind: 'money'; readonly currency: string };

/** One number in its unit. */
export function writtenIn(unit: FigureUnit, formats: Formats): (value: number) => string {
	switch (unit.kind) {
		case 'share':
			return value => formats.share(value);
		case 'points':
			return value => formats.points(value);
		case 'gap':
			return value => formats.gap(value);
		case 'signed':
			return value => formats.signed(value, 2);
		case 'score':
			return value => formats.number(value, 2);
		case 'duration':
			return value => formats.duration(value);
		case 'money':
			return value => formats.money(value, unit.currency);
		case 'number':
			return value => formats.number(value);
	}
}

/**
 * A figure as people read it: the value, its interval and n beside or below, "too few" where there is not enough. A click
 * explains how it was computed.
 */
export function FigureValue({
	figure,
	unit,
	size = 'cell',
}: {
	readonly figure: Figure;
	readonly unit: FigureUnit;
	/**
	 * `cell` in a table: the interval on hover; `line` with interval and n beside it, `stacked` with the
	 * interval below it; `large` as the headline
	 * of a panel.
	 */
	readonly size?: 'cell' | 'line' | 'stacked' | 'large';
}) {
	const { say, formats } = useTexts();
	const explain = useHowComputed();
	const write = writtenIn(unit, formats);
	if (figure.kind === 'too-few') {
		return (
			<UnstyledButton
				className={classes.figure}
				data-size={size}
				data-too-few
				title={say('ui.tooFewHint', { n: figure.n, needed: figure.needed })}
				onClick={() => explain(figure)}
			>
				{say('ui.tooFew')}
			</UnstyledButton>
		);
	}
	const interval =
		figure.kind === 'estimate'
			? say('ui.interval', { low: write(figure.interval.low), high: write(figure.interval.high) })
			: '';
	const n = say('ui.n', { n: formats.number(figure.n) });
	const value = (
		<UnstyledButton
			className={classes.figure}
			data-size={size}
			aria-label={[write(figure.value), interval, n].filter(Boolean).join(', ')}
			title={size === 'cell' ? [interval, n].filter(Boolean).join(' · ') : undefined}
			onClick={() => explain(figure)}
		>
			{write(figure.value)}
		</UnstyledButton>
	);
	if (size === 'cell') return value;
	return (
		<span className={classes.line} data-size={size}>
			{value}
			<span className={classes.beside} aria-hidden="true">
				{size === 'stacked' ? interval : [interval, n].filter(Boolean).join(' · ')}
			</span>
		</span>
	);
}
