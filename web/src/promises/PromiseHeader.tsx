import { Button, Group, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NamedOwner } from '@touchstone/domain/metrics/named';
import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { ownerChain } from '@touchstone/domain/owners/owner-chain';
import type { ReactNode } from 'react';
import { definitionsQuery } from '../app/definitions-query.ts';
import { useMe } from '../app/session.ts';
import { ruleInWords } from '../definitions/rule-in-words.ts';
import { useNames } from '../definitions/use-names.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { OwnerName } from '../ui/OwnerName.tsx';
import { TargetSign } from '../ui/TargetSign.tsx';
import classes from './PromisePage.module.css';
import { saidInWords } from './said-in-words.ts';

/** What was promised, by which rule it is judged, where it is said, and who answers for it. */
export function PromiseHeader({ figures }: { readonly figures: PromiseFigures }) {
	const { say, formats } = useTexts();
	const me = useMe();
	return (
		<header>
			<Group justify="space-between" gap="xs" mb={4}>
				<Link to="/promises" search className="plain-link quiet">
					<Group gap={4} component="span" wrap="nowrap">
						<IconArrowLeft size={14} aria-hidden />
						<Text span size="sm">
							{say('promises.back')}
						</Text>
					</Group>
				</Link>
				{me.may.includes('writePromise') ? (
					<Button
						component={Link}
						to={`/definitions/promises/${encodeURIComponent(figures.id)}`}
						size="xs"
						variant="default"
						leftSection={<IconPencil size={14} aria-hidden />}
					>
						{say('promises.edit')}
					</Button>
				) : null}
			</Group>
			<Title order={1}>{figures.wording}</Title>
			<RuleSentence figures={figures} />
			<dl className={classes.facts}>
				<Fact name={say('promises.target')}>
					<span className="tabular">{formats.share(figures.target)}</span>{' '}
					<TargetSign meets={figures.meetsTarget} />
				</Fact>
				<Fact name={say('promises.saidIn')}>
					{saidInWords(figures.saidIn, say)}
					{figures.explicit ? null : (
						<Text size="xs" className="quiet">
							{say('promises.implied')}
						</Text>
					)}
				</Fact>
				<Fact name={say('promises.moment')}>
					{figures.moment ? (
						<Link to="/moments/$moment" params={{ moment: figures.moment.id }} search className="plain-link">
							{figures.moment.name}
						</Link>
					) : (
						say('ui.none')
					)}
				</Fact>
				<Fact name={say('promises.madeBy')}>
					<OwnerName owner={figures.madeBy} />
				</Fact>
				<Fact name={say('promises.keptBy')}>
					<OwnerName owner={figures.keptBy} />
					<Chain owner={figures.keptBy} />
				</Fact>
			</dl>
		</header>
	);
}

/** How it is judged, in the person's language where the definitions may be read, else as the server says it. */
function RuleSentence({ figures }: { readonly figures: PromiseFigures }) {
	const { say, formats, language } = useTexts();
	const { definitions, nameOf } = useNames();
	const rule = definitions?.promises.find(({ id }) => id === figures.id)?.rule;
	const words = rule ? ruleInWords(rule, nameOf, language, formats) : figures.ruleInWords;
	return <p className={classes.rule}>{words ?? say('promises.noRule')}</p>;
}

/** To whom the owner reports, up to the one accountable chief. */
function Chain({ owner }: { readonly owner: NamedOwner | null }) {
	const owners = useQuery(definitionsQuery).data?.definitions.owners ?? [];
	const id = owners.find(known => known.id === owner?.id)?.id;
	const above = id === undefined ? [] : ownerChain(owners, id).slice(1);
	if (above.length === 0) return null;
	return (
		<Text size="xs" className="quiet">
			{above.map(({ name }) => `→ ${name}`).join(' ')}
		</Text>
	);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}
