import type { Random } from '../numerics/random.ts';
import { coverageOf } from '../simulated-coverage.ts';
import type { Simulation } from '../simulation.ts';
import type { FollowUp } from '../survival/follow-up.ts';
import { asymmetricGaps, disconfirmation, type ExpectationAnswers } from './disconfirmation.ts';
import { gap } from './gap.ts';
import { conformalQuote, keptShare, quoteForShare } from './promise-quote.ts';
import { responseSurface } from './response-surface.ts';

const refused = { kind: 'refused' };

export const simulations: Simulation[] = [
	coverageOf('gap of experience and expectation, 100 people', 6000, dice => {
		const { expected, experienced } = people(dice, 100);
		return { truth: -0.3, answer: gap({ expected, experienced }) };
	}),
	coverageOf('satisfaction per point of gap, 200 people, noise that grows with the gap', 1500, dice => {
		const fit = disconfirmation(people(dice, 200, 0));
		return { truth: 0.8, answer: fit.kind === 'disconfirmation' ? fit.gap : refused };
	}),
	coverageOf('loss aversion, 300 people, noise that grows with the gap', 3000, dice => {
		const fit = asymmetricGaps(people(dice, 300));
		return { truth: 0.4, answer: fit.kind === 'asymmetric-gaps' ? fit.lossAversion : refused };
	}),
	coverageOf('slope of the response surface along agreement, 300 people', 2500, dice => {
		const fit = responseSurface(people(dice, 300, 0), { centre: 7 });
		return { truth: 0.6, answer: fit.kind === 'response-surface' ? fit.alongAgreement.slope : refused };
	}),
	coverageOf('quote kept by 80 %, Kaplan–Meier with a third of 300 orders open', 2500, dice => ({
		truth: 10 * Math.log(5),
		answer: quoteForShare(orders(dice, 300), { share: 0.8 }),
	})),
	coverageOf('share kept by a quote of 12 days, a third of 200 orders open', 4000, dice => ({
		truth: 1 - Math.exp(-1.2),
		answer: keptShare(orders(dice, 200), { quote: 12 }),
	})),
	coverageOf('share kept in the long run by a conformal quote, 150 orders', 4000, dice => {
		const quote = conformalQuote(
			Array.from({ length: 150 }, () => dice.exponential(0.1)),
			{ share: 0.9 },
		);
		if (quote.kind !== 'estimate') return { truth: 0.9, answer: quote };
		return { truth: 1 - Math.exp(-quote.value / 10), answer: quote.kept };
	}),
	coverageOf(
		'90 % quantile by order statistics, 150 orders',
		6000,
		dice => ({
			truth: 10 * Math.log(10),
			answer: conformalQuote(
				Array.from({ length: 150 }, () => dice.exponential(0.1)),
				{ share: 0.9 },
			),
		}),
		{ exception: 'Distribution-free: whole ranks make it cover at least as often as promised.' },
	),
];

/** People whose satisfaction follows expectation and gap, losses counting `aversion` more than gains. */
function people(dice: Random, n: number, aversion = 0.4): ExpectationAnswers {
	const expected = Array.from({ length: n }, () => 7 + dice.normal());
	const experienced = expected.map(value => value - 0.3 + dice.normal(0, 1.2));
	const satisfaction = expected.map((value, i) => {
		const difference = (experienced[i] ?? 0) - value;
		return (
			1 +
			0.6 * value +
			0.8 * difference +
			aversion * Math.min(0, difference) +
			dice.normal(0, 0.5 + 0.4 * Math.abs(difference))
		);
	});
	return { satisfaction, expected, experienced };
}

/** Delivery takes ten days on average; a third of the orders is looked at before they are delivered. */
function orders(dice: Random, n: number): FollowUp[] {
	return Array.from({ length: n }, () => {
		const delivered = dice.exponential(0.1);
		const seen = dice.exponential(0.05);
		return { time: Math.min(delivered, seen), event: delivered <= seen };
	});
}
