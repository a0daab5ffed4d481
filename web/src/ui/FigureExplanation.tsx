import { Drawer, Stack, Text } from '@mantine/core';
import type { Figure } from '@touchstone/domain/metrics/figure';
import type { ReactNode } from 'react';
import { metricWords } from '../texts/metric-words.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { leftOutWords } from './left-out-words.ts';
import { useFocusBack } from './use-focus-back.ts';

/** How a figure came about: its metric and version, the formula in words, what it rests on, and what was left out. */
export function FigureExplanation({
	figure,
	onClose,
}: {
	readonly figure: Figure;
	readonly onClose: () => void;
}) {
	useFocusBack();
	const { say, language, formats } = useTexts();
	const metric = metricWords(figure.metric, language);
	// A few answers need another method than the usual one of their metric.
	const usual = metricWords(figure.metric, 'en')?.intervalMethod;
	const exactly =
		figure.kind === 'estimate' && usual?.startsWith(figure.method) === false ? figure.method : undefined;
	const excluded = Object.entries(figure.excluded).filter(([, count]) => count > 0);
	return (
		<Drawer
			opened
			onClose={onClose}
			position="right"
			size="sm"
			title={<Text fw={600}>{metric?.name ?? figure.metric}</Text>}
			closeButtonProps={{ 'aria-label': say('ui.close') }}
		>
			<Stack gap="md">
				{metric ? <Fact name={say('ui.formula')}>{metric.formula}</Fact> : null}
				{figure.kind === 'too-few' ? (
					<Fact name={say('ui.value')}>
						{say('ui.tooFew')}: {say('ui.tooFewHint', { n: figure.n, needed: figure.needed })}
					</Fact>
				) : (
					<Fact name={say('ui.value')}>{formats.number(figure.value, 4)}</Fact>
				)}
				{figure.kind === 'estimate' ? (
					<Fact name={say('ui.intervalOf', { level: formats.share(figure.interval.level, 0) })}>
						{say('ui.interval', {
							low: formats.number(figure.interval.low, 4),
							high: formats.number(figure.interval.high, 4),
						})}
					</Fact>
				) : null}
				{figure.kind === 'count' ? <Fact name={say('ui.method')}>{say('ui.complete')}</Fact> : null}
				<Fact name={say('ui.observations')}>{formats.number(figure.n)}</Fact>
				{figure.kind === 'count' ? null : (
					<Fact name={say('ui.method')}>
						{metric?.intervalMethod ?? figure.method}
						{exactly ? (
							<Text size="xs" className="quiet" lang="en">
								{exactly}
							</Text>
						) : null}
					</Fact>
				)}
				<Fact name={say('ui.excluded')}>
					{excluded.length === 0
						? say('ui.nothingExcluded')
						: excluded
								.map(([what, count]) => `${formats.number(count)} ${leftOutWords(what, say)}`)
								.join(', ')}
					{metric ? (
						<Text size="xs" className="quiet">
							{metric.exclusions}
						</Text>
					) : null}
				</Fact>
				{metric ? <Fact name={say('ui.scale')}>{metric.scale}</Fact> : null}
				{metric ? <Fact name={say('ui.nullPolicy')}>{metric.nullPolicy}</Fact> : null}
				<Text size="xs" className="quiet">
					{say('ui.metricVersion', { metric: figure.metric, version: figure.version })}
				</Text>
			</Stack>
		</Drawer>
	);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<div>
			<Text size="xs" className="quiet">
				{name}
			</Text>
			<Text size="sm" component="div" className="tabular">
				{children}
			</Text>
		</div>
	);
}
