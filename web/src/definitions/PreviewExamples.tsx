import type { Rule } from '@touchstone/domain/promises/rule';
import type { Occasion } from '@touchstone/domain/verdicts/verdicts.contract';
import { useId } from 'react';
import { useTexts } from '../texts/TextsProvider.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { VerdictSign } from '../ui/VerdictSign.tsx';
import { amountWords } from './amount-words.ts';
import classes from './PreviewExamples.module.css';

const most = 8;

/** Some of the newest occasions, so that one sees whom the rule would judge how. */
export function PreviewExamples({
	rule,
	examples,
}: {
	readonly rule: Rule;
	readonly examples: readonly Occasion[];
}) {
	const { say, formats } = useTexts();
	const name = useId();
	if (examples.length === 0) return null;
	const amount = (value: number | null) => amountWords(rule, value, formats);
	return (
		<div className={classes.box}>
			<h3 id={name} className={classes.title}>
				{say('definitions.preview.examples')}
			</h3>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
			<section className={classes.scroll} tabIndex={0} aria-labelledby={name}>
				<table className={classes.table}>
					<thead>
						<tr>
							<th scope="col">{say('definitions.preview.customer')}</th>
							<th scope="col">{say('definitions.preview.time')}</th>
							<th scope="col">{say('definitions.preview.verdict')}</th>
							<th scope="col" className="numbers">
								{say('definitions.preview.promised')}
							</th>
							<th scope="col" className="numbers">
								{say('definitions.preview.delivered')}
							</th>
						</tr>
					</thead>
					<tbody>
						{examples.slice(0, most).map(({ occasion, customer, time, verdict, promised, delivered }) => (
							<tr key={occasion}>
								<td>
									<LinkTo to="/customers/$customer" params={{ customer }} target="_blank" size="sm">
										{customer}
									</LinkTo>
								</td>
								<td title={formats.time(time)}>{formats.day(time)}</td>
								<td>
									<VerdictSign verdict={verdict} />
								</td>
								<td className="numbers">{amount(promised)}</td>
								<td className="numbers">{amount(delivered)}</td>
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</div>
	);
}
