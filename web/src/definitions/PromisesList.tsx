import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BrandPromise } from '@touchstone/domain/promises/brand-promise';
import { useState } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { Asked } from '../ui/Panel.tsx';
import { promiseKind, type Stored } from './definition-kind.client.ts';
import { EmptyList } from './EmptyList.tsx';
import classes from './ListHead.module.css';
import { ListHead } from './ListHead.tsx';
import { RestoreButton } from './RestoreButton.tsx';
import { ruleInWords } from './rule-in-words.ts';
import { useChangedColumn } from './use-changed-column.tsx';
import { useDefinitionList } from './use-definition-list.ts';
import { useNames } from './use-names.ts';

/** The promises: their words, how each is tested, and who must keep it. */
export function PromisesList() {
	const { say } = useTexts();
	const [archived, setArchived] = useState(false);
	const { query, more } = useDefinitionList(promiseKind, archived);
	const columns = useColumns(archived);
	return (
		<Stack gap="sm">
			<ListHead kind={promiseKind} archived={archived} onArchived={setArchived} />
			<Asked query={query} height={420}>
				{rows => (
					<div className={classes.box}>
						<DataTable
							label={say('definitions.promises')}
							columns={columns}
							rows={rows}
							rowKey={({ definition }) => definition.id}
							fileName="promises"
							more={more}
							empty={<EmptyList kind="promise" archived={archived} />}
						/>
					</div>
				)}
			</Asked>
		</Stack>
	);
}

function useColumns(archived: boolean): Column<Stored<BrandPromise>>[] {
	const { say, formats, language } = useTexts();
	const { nameOf } = useNames();
	const changed = useChangedColumn<BrandPromise>();
	const rule = ({ definition }: Stored<BrandPromise>) =>
		definition.rule ? ruleInWords(definition.rule, nameOf, language, formats) : '';
	const columns: Column<Stored<BrandPromise>>[] = [
		{
			key: 'wording',
			head: say('definitions.promise.wording'),
			value: ({ definition }) => definition.wording,
			cell: ({ definition }) => (
				<>
					<Link
						to="/definitions/$kind/$id"
						params={{ kind: 'promises', id: definition.id }}
						className="plain-link"
					>
						{definition.wording}
					</Link>
					<Text size="xs" className="quiet">
						{rule({ definition, version: 0, author: '', at: '', effectiveFrom: null, archived }) ||
							say('definitions.rule.untested')}
					</Text>
				</>
			),
		},
		{
			key: 'moment',
			head: say('definitions.change.kind.moment'),
			value: ({ definition }) => (definition.moment ? nameOf(definition.moment) : null),
			cell: ({ definition }) =>
				definition.moment ? nameOf(definition.moment) : <Missing text={say('definitions.notChosen')} />,
			wide: true,
		},
		{
			key: 'keptBy',
			head: say('definitions.promise.keptBy'),
			value: ({ definition }) => (definition.keptBy ? nameOf(definition.keptBy) : null),
			cell: ({ definition }) =>
				definition.keptBy ? nameOf(definition.keptBy) : <Missing text={say('definitions.nobody')} />,
		},
		{
			key: 'target',
			head: say('definitions.promise.target'),
			align: 'right',
			value: ({ definition }) => definition.target,
			cell: ({ definition }) => formats.share(definition.target),
		},
		changed,
	];
	if (!archived) return columns;
	return [
		...columns,
		{
			key: 'restore',
			head: say('definitions.restore'),
			cell: stored => <RestoreButton kind={promiseKind} stored={stored} />,
		},
	];
}

function Missing({ text }: { readonly text: string }) {
	return <span className="pending">{text}</span>;
}
