import { ActionIcon, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { PromiseFigures } from '@touchstone/domain/metrics/promise-figures.contract';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import classes from './PromisePage.module.css';
import { useMarks } from './use-marks.ts';
import { useNotes } from './use-notes.tsx';

/** What happened on the way, to read. Notes can be taken away, and back. */
export function MarksList({ figures }: { readonly figures: PromiseFigures }) {
	const { say, formats } = useTexts();
	const me = useMe();
	const { remove } = useNotes(figures.id);
	const marks = useMarks(figures);
	if (marks.length === 0) return null;
	return (
		<ul className={classes.marks} aria-label={say('promises.marks')}>
			{marks.map(({ id, at, text, kind }) => {
				const note = figures.annotations.find(annotation => annotation.id === id);
				const author =
					note?.author ?? figures.versions.find(({ version }) => `version-${version}` === id)?.author;
				return (
					<li key={id}>
						<svg
							width="12"
							height="12"
							viewBox="-6 -6 12 12"
							role="img"
							aria-label={say(kind === 'version' ? 'promises.mark.change' : 'promises.mark.note')}
						>
							<polygon points={kind === 'version' ? '-5,4 5,4 0,-5' : '0,-5 5,0 0,5 -5,0'} />
						</svg>
						<time dateTime={at} className="quiet tabular">
							{formats.day(at)}
						</time>
						<span>
							{text}
							{author ? (
								<Text span size="xs" className="quiet">
									{` · ${author}`}
								</Text>
							) : null}
						</span>
						{note && me.may.includes('removeAnnotation') ? (
							<ActionIcon
								variant="subtle"
								color="gray"
								size="sm"
								aria-label={say('promises.note.remove', { text })}
								onClick={() => remove.mutate(note)}
							>
								<IconTrash size={15} stroke={1.6} />
							</ActionIcon>
						) : null}
					</li>
				);
			})}
		</ul>
	);
}
