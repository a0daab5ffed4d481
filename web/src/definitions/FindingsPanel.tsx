import { Collapse, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { readFindings } from '@touchstone/domain/definitions/definitions.contract';
import type { Finding } from '@touchstone/domain/definitions/findings';
import { Fragment, useId, useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { newId, partOfKind } from './definition-parts.ts';
import classes from './FindingsPanel.module.css';
import { type FindingGroup, findingsByCode } from './findings-by-code.ts';
import { useNames } from './use-names.ts';

const shownAtFirst = 6;

/** What in the definitions someone should look at, each with the way to where it is put right. */
export function FindingsPanel() {
	const { say, formats } = useTexts();
	const [open, setOpen] = useState(false);
	const body = useId();
	const findings = useQuery(findingsQuery).data?.findings;
	// Findings are advice: where they cannot be read, the lists below still can.
	if (!findings) return null;
	if (findings.length === 0) {
		return (
			<p className={classes.none}>
				<IconCheck size={16} aria-hidden className="kept" />
				{say('definitions.findings.none')}
			</p>
		);
	}
	const groups = findingsByCode(findings);
	return (
		<section className={classes.panel}>
			<UnstyledButton
				className={classes.head}
				aria-expanded={open}
				aria-controls={body}
				onClick={() => setOpen(!open)}
			>
				<IconAlertTriangle size={17} aria-hidden className="pending" />
				<span className={classes.title}>
					{findings.length === 1
						? say('definitions.findings.one')
						: say('definitions.findings', { count: formats.number(findings.length) })}
				</span>
				<span className={classes.kinds}>
					{groups.map(({ code }) => say(`definitions.finding.${code}`)).join(' · ')}
				</span>
				<IconChevronDown size={16} aria-hidden className={classes.chevron} data-open={open || undefined} />
			</UnstyledButton>
			<Collapse expanded={open} id={body}>
				<ul className={classes.groups}>
					{groups.map(group => (
						<Group key={group.code} group={group} />
					))}
				</ul>
			</Collapse>
		</section>
	);
}

function Group({ group: { code, findings } }: { readonly group: FindingGroup }) {
	const { say, formats } = useTexts();
	const [all, setAll] = useState(false);
	const shown = all ? findings : findings.slice(0, shownAtFirst);
	return (
		<li className={classes.group}>
			<div className={classes.what}>
				<strong>{say(`definitions.finding.${code}`)}</strong>
				<span>{say(`definitions.advice.${code}`)}</span>
			</div>
			<ul className={classes.things}>
				{shown.map(finding => (
					<li key={finding.about.map(({ kind, id }) => `${kind} ${id}`).join(' ')} title={finding.message}>
						{finding.about.map((about, place) => (
							<Fragment key={`${about.kind} ${about.id}`}>
								{place > 0 ? <span className={classes.and}> · </span> : null}
								<About {...about} />
							</Fragment>
						))}
					</li>
				))}
				{findings.length > shown.length ? (
					<li>
						<UnstyledButton className={classes.all} onClick={() => setAll(true)}>
							{say('definitions.finding.showAll', { count: formats.number(findings.length) })}
						</UnstyledButton>
					</li>
				) : null}
			</ul>
		</li>
	);
}

/** The way to the form of what a finding is about; an event leads to a new moment that claims it. */
function About({ kind, id }: Finding['about'][number]) {
	const { nameOf } = useNames();
	if (kind === 'event') {
		return (
			<LinkTo
				to="/definitions/$kind/$id"
				params={{ kind: 'moments', id: newId }}
				search={{ event: id }}
				size="sm"
			>
				{id}
			</LinkTo>
		);
	}
	return (
		<LinkTo to="/definitions/$kind/$id" params={{ kind: partOfKind[kind], id }} size="sm">
			{nameOf(id)}
		</LinkTo>
	);
}

export const findingsQuery = {
	queryKey: ['definitions', 'findings'],
	queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask(readFindings, { signal }),
};
