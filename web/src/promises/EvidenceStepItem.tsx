import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Said } from '@touchstone/domain/feedback/feedback-list.contract';
import type { Met } from '@touchstone/domain/interactions/tail.contract';
import { channelSchema } from '@touchstone/domain/moments/moment';
import { definitionsQuery } from '../app/definitions-query.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import type { EvidenceStep } from './evidence-line.ts';
import classes from './PromisePage.module.css';

/** A step on the way to a verdict: what happened or was said, or that now it was due. */
export function EvidenceStepItem({ step }: { readonly step: EvidenceStep }) {
	const { say, formats } = useTexts();
	return (
		<li className={classes.step} data-due={step.kind === 'due' || undefined}>
			<Text size="xs" className="quiet tabular" component="time" dateTime={step.time}>
				{formats.time(step.time)}
			</Text>
			{step.kind === 'due' ? <div className="pending">{say('promises.evidence.due')}</div> : null}
			{step.kind === 'met' ? <MetStep met={step.met} /> : null}
			{step.kind === 'said' ? <SaidStep said={step.said} /> : null}
		</li>
	);
}

function MetStep({ met }: { readonly met: Met }) {
	const { say, formats } = useTexts();
	const name = useMomentName(met.moment);
	const channel = channelSchema.safeParse(met.channel);
	const details = [
		channel.success ? say(`moments.channel.${channel.data}`) : met.channel,
		met.agent === '' ? '' : say('promises.evidence.agent', { agent: met.agent }),
		met.outcome,
		met.durationSeconds === null
			? ''
			: say('promises.evidence.lasted', { duration: formats.duration(met.durationSeconds) }),
		met.waitSeconds === null
			? ''
			: say('promises.evidence.waited', { duration: formats.duration(met.waitSeconds) }),
		met.revenue === null ? '' : formats.money(Number(met.revenue), met.currency),
	].filter(detail => detail !== '');
	const properties = Object.entries(met.properties);
	return (
		<>
			<div>{name ?? met.event}</div>
			<Text size="xs" className="quiet">
				{details.join(' · ')}
			</Text>
			{properties.length === 0 ? null : (
				<details>
					<summary className="quiet">{say('promises.evidence.properties')}</summary>
					<dl className={classes.properties}>
						{properties.map(([key, value]) => (
							<div key={key} style={{ display: 'contents' }}>
								<dt>{key}</dt>
								<dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
							</div>
						))}
					</dl>
				</details>
			)}
		</>
	);
}

function SaidStep({ said }: { readonly said: Said }) {
	const { say, formats } = useTexts();
	const name = useMomentName(said.moment);
	return (
		<>
			<div>
				{said.score === null ? null : (
					<strong className="tabular">
						{say('promises.evidence.score', {
							score: formats.number(said.score),
							highest: formats.number(said.scoreHigh),
						})}{' '}
					</strong>
				)}
				<span className="quiet">{[said.scale, name].filter(Boolean).join(' · ')}</span>
			</div>
			{said.words === '' ? null : <div lang={said.language || undefined}>{said.words}</div>}
		</>
	);
}

function useMomentName(id: string): string | undefined {
	return useQuery(definitionsQuery).data?.definitions.moments.find(moment => moment.id === id)?.name;
}
