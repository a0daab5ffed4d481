import { Text } from '@mantine/core';
import { type Verdict, verdictNames } from '@touchstone/domain/verdicts/verdict';
import { useTexts } from '../texts/TextsProvider.tsx';
import { VerdictSign } from '../ui/VerdictSign.tsx';
import classes from './PreviewCounts.module.css';

type Counted = { readonly occasions: number; readonly verdicts: Readonly<Record<Verdict, number>> };

/** How many occasions got which verdict: by this rule, by the saved one where it is another, and the difference. */
export function PreviewCounts({
	now,
	before,
}: {
	readonly now: Counted;
	readonly before: Counted | undefined;
}) {
	const { say, formats } = useTexts();
	if (now.occasions === 0 && !before) {
		return (
			<Text size="sm" className={`quiet ${classes.sentence}`}>
				{say('definitions.preview.none')}
			</Text>
		);
	}
	const decided = now.verdicts.kept + now.verdicts.broken;
	return (
		<>
			<p className={classes.sentence}>
				{say('definitions.preview.bar', {
					kept: formats.number(now.verdicts.kept),
					decided: formats.number(decided),
				})}
			</p>
			<div className={classes.bar} aria-hidden="true">
				{verdictNames.map(verdict => (
					<span key={verdict} data-verdict={verdict} style={{ flexGrow: now.verdicts[verdict] }} />
				))}
			</div>
			<table className={classes.counts}>
				<thead>
					<tr>
						<th scope="col">{say('definitions.preview.verdict')}</th>
						<th scope="col">{say('definitions.preview.draft')}</th>
						{before ? <th scope="col">{say('definitions.preview.saved')}</th> : null}
						{before ? <th scope="col">{say('definitions.preview.difference')}</th> : null}
					</tr>
				</thead>
				<tbody>
					{verdictNames.map(verdict => (
						<tr key={verdict}>
							<th scope="row">
								<VerdictSign verdict={verdict} />
							</th>
							<td>{formats.number(now.verdicts[verdict])}</td>
							{before ? <td>{formats.number(before.verdicts[verdict])}</td> : null}
							{before ? <td>{formats.signed(now.verdicts[verdict] - before.verdicts[verdict], 0)}</td> : null}
						</tr>
					))}
				</tbody>
			</table>
		</>
	);
}
