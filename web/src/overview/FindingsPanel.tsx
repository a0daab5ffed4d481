import { Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Definitions } from '@touchstone/domain/definitions/definitions';
import type { Finding } from '@touchstone/domain/definitions/findings';
import { definitionsQuery } from '../app/definitions-query.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked, Panel } from '../ui/Panel.tsx';
import { Fold } from './Fold.tsx';
import { findingsQuery } from './overview-queries.ts';

/** What in the definitions someone should look at: moments without owner first, every kind folded behind its count. */
export function FindingsPanel() {
	const { say, formats } = useTexts();
	const query = useQuery(findingsQuery);
	const definitions = useQuery(definitionsQuery).data?.definitions;
	const count = query.data?.findings.length;
	return (
		<Panel
			title={
				count === undefined
					? say('overview.findings')
					: say(count === 1 ? 'overview.findings.one' : 'overview.findings.several', {
							n: formats.number(count),
						})
			}
			hint={say('overview.findingsHint')}
			flush
		>
			<Asked query={query} height={160}>
				{({ findings }) =>
					findings.length === 0 ? (
						<EmptyState
							icon={IconCircleCheck}
							title={say('overview.noFindings')}
							hint={say('overview.noFindingsHint')}
						/>
					) : (
						[...Map.groupBy(findings, ({ code }) => code)].map(([code, alike]) => (
							<Fold key={code} label={say(`overview.finding.${code}`)} count={alike.length}>
								<Text size="sm" className="quiet">
									{say(`overview.advice.${code}`)}
								</Text>
								<ul>
									{alike.map(finding => (
										<li key={finding.message}>
											<About finding={finding} definitions={definitions} />
										</li>
									))}
								</ul>
							</Fold>
						))
					)
				}
			</Asked>
		</Panel>
	);
}

/** What a finding is about, each by its name and leading to where it is defined. */
function About({
	finding,
	definitions,
}: {
	readonly finding: Finding;
	readonly definitions: Definitions | undefined;
}) {
	return finding.about.map(({ kind, id }, index) => (
		<span key={`${kind} ${id}`}>
			{index > 0 ? ' · ' : null}
			{kind === 'moment' || kind === 'promise' || kind === 'owner' || kind === 'unit' ? (
				<Link to="/definitions/$kind/$id" params={{ kind: `${kind}s`, id }} className="plain-link">
					{nameOf(kind, id, definitions)}
				</Link>
			) : (
				<code>{id}</code>
			)}
		</span>
	));
}

function nameOf(
	kind: 'moment' | 'promise' | 'owner' | 'unit',
	id: string,
	definitions: Definitions | undefined,
): string {
	switch (kind) {
		case 'promise':
			return definitions?.promises.find(promise => promise.id === id)?.wording ?? id;
		case 'moment':
			return definitions?.moments.find(moment => moment.id === id)?.name ?? id;
		case 'owner':
			return definitions?.owners.find(owner => owner.id === id)?.name ?? id;
		case 'unit':
			return definitions?.units.find(unit => unit.id === id)?.name ?? id;
	}
}
