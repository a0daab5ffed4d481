import { IconArchive, IconPencil, IconPlus } from '@tabler/icons-react';
import type { Definitions } from '@touchstone/domain/definitions/definitions';
import { type DefinitionChange, itemsByKind } from '@touchstone/domain/definitions/definitions-diff';
import { useMemo } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { ChangedFields } from './ChangedFields.tsx';
import classes from './ChangesList.module.css';

const signs = { create: IconPlus, update: IconPencil, archive: IconArchive } as const;

/** What a file would change, definition by definition, as one would tell it. */
export function ChangesList({
	changes,
	before,
	after,
}: {
	readonly changes: readonly DefinitionChange[];
	readonly before: Definitions;
	readonly after: Definitions;
}) {
	const { say, formats } = useTexts();
	const old = useMemo(() => itemsByKind(before), [before]);
	const now = useMemo(() => itemsByKind(after), [after]);
	const count = (kind: DefinitionChange['change']) =>
		formats.number(changes.filter(({ change }) => change === kind).length);
	return (
		<div className={classes.box}>
			<p className={classes.summary} role="status">
				{say('definitions.file.summary', {
					create: count('create'),
					update: count('update'),
					archive: count('archive'),
				})}
			</p>
			<ul className={classes.changes}>
				{changes.map(({ change, kind, id }) => {
					const Sign = signs[change];
					const from = old[kind].get(id);
					const to = now[kind].get(id);
					return (
						<li key={`${kind} ${id}`} className={classes.change}>
							<div className={classes.what}>
								<span className={classes.sign} data-change={change}>
									<Sign size={14} aria-hidden />
									{say(`definitions.change.${change}`)}
								</span>
								<span className="quiet">{say(`definitions.change.kind.${kind}`)}</span>
								<strong>{called(to ?? from) ?? id}</strong>
							</div>
							{to ? <ChangedFields before={from ?? {}} after={to} /> : null}
						</li>
					);
				})}
			</ul>
		</div>
	);
}

function called(definition: object | undefined): string | undefined {
	if (!definition) return undefined;
	if ('wording' in definition) return String(definition.wording);
	return 'name' in definition ? String(definition.name) : undefined;
}
