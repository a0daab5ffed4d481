import { Drawer, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Occasion } from '@touchstone/domain/verdicts/verdicts.contract';
import type { ReactNode } from 'react';
import { definitionsQuery } from '../app/definitions-query.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { Asked } from '../ui/Panel.tsx';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { VerdictSign } from '../ui/VerdictSign.tsx';
import { EvidenceStepItem } from './EvidenceStepItem.tsx';
import { evidenceLine } from './evidence-line.ts';
import { amountWriter, marginWriter } from './margin-writer.ts';
import classes from './PromisePage.module.css';
import { evidenceQuery } from './promise-queries.ts';

/** One occasion: what was promised and delivered, and the interactions that prove it, in order of time. */
export function EvidenceDrawer({
	occasion,
	unit,
	onClose,
}: {
	readonly occasion: Occasion;
	/** What the amounts are measured in. */
	readonly unit: string;
	readonly onClose: () => void;
}) {
	useFocusBack();
	const { say, formats } = useTexts();
	const query = useQuery(evidenceQuery(occasion));
	const units = useQuery(definitionsQuery).data?.definitions.units;
	const amount = amountWriter(unit, formats);
	const { customer, verdict, promised, delivered, margin, due, decidedAt } = occasion;
	return (
		<Drawer
			opened
			onClose={onClose}
			position="right"
			size="md"
			title={<Text fw={600}>{say('promises.evidence', { customer })}</Text>}
			closeButtonProps={{ 'aria-label': say('ui.close') }}
			transitionProps={{ duration: 100 }}
		>
			<Stack gap="lg">
				<dl className={classes.facts}>
					<Fact name={say('promises.list.verdict')}>
						<VerdictSign verdict={verdict} />
					</Fact>
					{promised === null ? null : <Fact name={say('promises.list.promised')}>{amount(promised)}</Fact>}
					{delivered === null ? null : <Fact name={say('promises.list.delivered')}>{amount(delivered)}</Fact>}
					{margin === null ? null : (
						<Fact name={say('promises.list.margin')}>{marginWriter(unit, formats)(margin)}</Fact>
					)}
					{due === null ? null : <Fact name={say('promises.list.due')}>{formats.time(due)}</Fact>}
					{decidedAt === null ? null : (
						<Fact name={say('promises.list.decided')}>{formats.time(decidedAt)}</Fact>
					)}
					{occasion.unit === '' ? null : (
						<Fact name={say('promises.unit')}>
							{units?.find(({ id }) => id === occasion.unit)?.name ?? occasion.unit}
						</Fact>
					)}
					{occasion.subject === '' ? null : (
						<Fact name={say('promises.list.subject')}>{occasion.subject}</Fact>
					)}
					{occasion.campaign === '' ? null : <Fact name={say('promises.campaign')}>{occasion.campaign}</Fact>}
					<Fact name={say('promises.list.version')}>{occasion.promiseVersion}</Fact>
				</dl>
				<section>
					<Title order={2} mb="sm">
						{say('promises.evidence.proof')}
					</Title>
					{occasion.evidence.length === 0 ? (
						<Text size="sm" className="quiet">
							{say('promises.evidence.none')}
						</Text>
					) : (
						<Asked query={query} height={160}>
							{evidence => (
								<ol className={classes.steps}>
									{evidenceLine(evidence, due).map(step => (
										<EvidenceStepItem key={`${step.kind} ${step.time} ${idOf(step)}`} step={step} />
									))}
								</ol>
							)}
						</Asked>
					)}
				</section>
				<LinkTo to="/customers/$customer" params={{ customer }} size="sm">
					{say('promises.evidence.timeline', { customer })}
				</LinkTo>
			</Stack>
		</Drawer>
	);
}

function idOf(step: ReturnType<typeof evidenceLine>[number]): string {
	if (step.kind === 'met') return step.met.id;
	return step.kind === 'said' ? step.said.id : '';
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd className="tabular">{children}</dd>
		</div>
	);
}
