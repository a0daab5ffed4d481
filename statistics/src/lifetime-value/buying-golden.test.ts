import { describe, expect, test } from 'vitest';
import { hasReference, numericColumn, referenceRows } from '../reference-files.ts';
import { golden } from '../validation.ts';
import { fitBgBb } from './bg-bb.ts';
import { bgBbFutureOccasions } from './bg-bb-prediction.ts';
import { type BgNbdParameters, bgNbdLikelihood, bgNbdParameters, fitBgNbd } from './bg-nbd.ts';
import {
	expectedFuturePurchases,
	expectedPurchases,
	probabilityAlive,
	purchaseProbability,
} from './bg-nbd-prediction.ts';
import { type BuyingPattern, groupBuyers } from './buying-pattern.ts';
import { discountedValue } from './discounted-value.ts';
import { expectedSpend, fitGammaGamma, spendIndependence } from './gamma-gamma.ts';
import {
	fitParetoNbd,
	paretoNbdAlive,
	paretoNbdFuturePurchases,
	paretoNbdLogLikelihood,
	paretoNbdPurchases,
} from './pareto-nbd.ts';

const family = 'lifetime-value';
const cdnowFile = 'clv/cdnow_customers_summary.csv';
const spendFile = 'clv/cdnow_customers_summary_with_transactions.csv';
const published: BgNbdParameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426, dropout: 'after-repeat' };
const fitted: BgNbdParameters = {
	...published,
	r: 0.242592917,
	alpha: 4.413531877,
	a: 0.79288614,
	b: 2.42575328,
};
const paper = 'Fader, Hardie and Lee 2005';

function cdnow(): Omit<BuyingPattern, 'customers'>[] {
	const rows = referenceRows(cdnowFile);
	const [repeats, recency, age] = ['frequency', 'recency', 'T'].map(name => numericColumn(rows, name));
	return rows.map((_, i) => ({
		repeats: repeats?.[i] ?? -1,
		recency: recency?.[i] ?? -1,
		age: age?.[i] ?? -1,
	}));
}

function check(
	what: string,
	origin: string,
	expected: number,
	tolerance: number,
	actual: unknown,
	relative = false,
): void {
	golden({ family, what, origin, expected, tolerance, relative }, actual);
}

describe('CDNOW, 2357 customers over 39 weeks', () => {
	const isHere = hasReference(cdnowFile);

	test.skipIf(!isHere)('the BG/NBD likelihood and its maximum are those published', () => {
		const patterns = groupBuyers(cdnow());
		const likelihood = bgNbdLikelihood(patterns, 'after-repeat');
		const atPublished = likelihood([0.243, 4.414, 0.793, 2.426]).value;
		check(
			'BG/NBD log-likelihood at published parameters',
			'lifetimes, logs',
			-9582.426831182365,
			1e-6,
			atPublished,
		);
		check('BG/NBD log-likelihood, paper', paper, -9582.4, 0.05, atPublished);
		const fit = fitBgNbd(patterns, { dropout: 'after-repeat' });
		if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
		check('BG/NBD maximum', 'MLE, lifetimes agrees', -9582.42556057, 1e-6, fit.logLikelihood);
		const expected = { r: 0.242592917, alpha: 4.413531877, a: 0.79288614, b: 2.42575328 };
		const printed = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
		for (const name of ['r', 'alpha', 'a', 'b'] as const) {
			check(`BG/NBD ${name}`, 'MLE, lifetimes agrees', expected[name], 1e-5, fit.parameters[name], true);
			check(`BG/NBD ${name}, paper`, paper, printed[name], 5e-4, fit.parameters[name]);
		}
		expect(fit.low.alpha).toBeLessThan(4.41);
		expect(fit.high.alpha).toBeGreaterThan(4.42);
		const times = [0.1429, 1, 3, 31.8571, 32, 78];
		const expectations = [
			0.007816071829, 0.053184739207, 0.150631925885, 1.040494281008, 1.04373720352, 1.857971738052,
		];
		const inPaper = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576];
		for (const [i, time] of times.entries()) {
			const ours = expectedPurchases(fit.parameters, time);
			check(`BG/NBD E[X(${time})]`, 'at the MLE', expectations[i] ?? 0, 1e-5, ours, true);
			check(`BG/NBD E[X(${time})], lifetimes tests`, 'lifetimes tests', inPaper[i] ?? 0, 1e-3, ours);
		}
	});

	test.skipIf(!isHere)('sums over all customers and the first ten are those of lifetimes', () => {
		const customers = cdnow();
		const future = customers.map(history => expectedFuturePurchases(published, history, 39));
		const alive = customers.map(history => probabilityAlive(published, history));
		const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
		check('sum of E[Y(39)]', 'lifetimes, published parameters', 1653.948427644, 1e-9, sum(future), true);
		check('sum of P(alive)', 'lifetimes, published parameters', 1917.217265148, 1e-9, sum(alive), true);
		const aliveTen = [0.7265785701, 0.2121009854, 1, 1, 1, 0.6417563459, 0.3147857712, 1, 0.7847906126, 1];
		const futureTen = [
			1.2260281748, 0.2031869871, 0.195098052, 0.195098052, 0.195098052, 3.3370532749, 0.3015562248,
			0.195098052, 1.3242551349, 0.195098052,
		];
		for (let i = 0; i < 10; i++) {
			check(`P(alive), customer ${i + 1}`, 'lifetimes', aliveTen[i] ?? 0, 1e-9, alive[i]);
			check(`E[Y(39)], customer ${i + 1}`, 'lifetimes', futureTen[i] ?? 0, 1e-9, future[i]);
		}
	});

	test.skipIf(!isHere)('MBG/NBD reaches its published parameters', () => {
		const patterns = groupBuyers(cdnow());
		const modified = fitBgNbd(patterns);
		if (modified.kind !== 'model-fit') throw new Error(JSON.stringify(modified));
		const expected = { r: 0.524837947, alpha: 6.182991376, a: 0.891356288, b: 1.613999643 };
		const printed = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };
		for (const name of ['r', 'alpha', 'a', 'b'] as const) {
			check(`MBG/NBD ${name}`, 'MLE', expected[name], 1e-5, modified.parameters[name], true);
			check(`MBG/NBD ${name}, BTYDplus`, 'BTYDplus', printed[name], 1e-3, modified.parameters[name], true);
		}
		check('MBG/NBD maximum', 'MLE', -9582.132684899902, 1e-6, modified.logLikelihood);
		const history = { repeats: 2, recency: 30.43, age: 38.86 };
		check(
			'MBG/NBD E[Y(39)]',
			'at the MLE',
			1.2626707891,
			1e-5,
			expectedFuturePurchases(modified.parameters, history, 39),
			true,
		);
		check(
			'MBG/NBD P(alive)',
			'at the MLE',
			0.7061262467,
			1e-6,
			probabilityAlive(modified.parameters, history),
		);
		const silent = { repeats: 0, recency: 0, age: 38.86 };
		check(
			'MBG/NBD P(alive) without repeat',
			'at the MLE',
			0.3897163135,
			1e-5,
			probabilityAlive(modified.parameters, silent),
		);
		for (const [time, value] of [
			[1, 0.053060620208],
			[39, 1.182283699289],
			[78, 1.803636092564],
		] as const) {
			check(
				`MBG/NBD E[X(${time})]`,
				'at the MLE',
				value,
				1e-5,
				expectedPurchases(modified.parameters, time),
				true,
			);
		}
	});

	test.skipIf(!isHere)('Pareto/NBD reaches its published parameters', () => {
		const pareto = fitParetoNbd(groupBuyers(cdnow()));
		if (pareto.kind !== 'model-fit') throw new Error(JSON.stringify(pareto));
		const source = 'BTYD pnbd on cdnowSummary (dates not rounded as in this file)';
		const paretoExpected = {
			r: 0.553397143257,
			alpha: 10.58019854359,
			s: 0.606062497196,
			beta: 11.656223672317,
		};
		for (const name of ['r', 'alpha', 's', 'beta'] as const) {
			check(`Pareto/NBD ${name}`, source, paretoExpected[name], 2e-3, pareto.parameters[name], true);
		}
		check('Pareto/NBD maximum, paper', 'Fader, Hardie and Lee 2005', -9595, 0.05, pareto.logLikelihood);
	});

	test.skipIf(!hasReference(spendFile))(
		'Gamma–Gamma and twelve months of value are those of lifetimes',
		() => {
			const rows = referenceRows(spendFile);
			const [x, recency, age, spend] = ['x', 't_x', 'T', 'zbar'].map(name => numericColumn(rows, name));
			const patterns = rows
				.map((_, i) => ({ repeats: x?.[i] ?? 0, meanSpend: spend?.[i] ?? 0, customers: 1 }))
				.filter(p => p.repeats > 0);
			expect(patterns).toHaveLength(946);
			const fit = fitGammaGamma(patterns);
			if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
			const expected = { p: 6.248802318, q: 3.744588419, v: 15.447748284 };
			const printed = { p: 6.25, q: 3.74, v: 15.44 };
			for (const name of ['p', 'q', 'v'] as const) {
				check(`Gamma–Gamma ${name}`, 'MLE', expected[name], 1e-5, fit.parameters[name], true);
				check(
					`Gamma–Gamma ${name}, paper`,
					'Fader and Hardie 2013',
					printed[name],
					2e-3,
					fit.parameters[name],
					true,
				);
			}
			check('Gamma–Gamma maximum', 'MLE', -4055.9232435, 1e-6, fit.logLikelihood);
			const relation = spendIndependence(patterns);
			check(
				'correlation of repeats and spend',
				'R cor',
				0.11388391048600445,
				1e-9,
				relation.kind === 'estimate' && relation.value,
			);
			const inPaper = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
			const exact = [
				24.663713910761, 18.916852057842, 35.21897810219, 35.21897810219, 35.21897810219, 71.469670896967,
				18.916852057842, 35.21897810219, 27.288385826772, 35.21897810219,
			];
			const values = [
				36.285996434114, 4.63878416714, 8.355474659001, 8.355474659001, 8.355474659001, 283.550630557552,
				6.883362517113, 8.355474659001, 43.363142981466, 8.355474659001,
			];
			for (let i = 0; i < 10; i++) {
				const history = { repeats: x?.[i] ?? 0, recency: recency?.[i] ?? 0, age: age?.[i] ?? 0 };
				const mean = expectedSpend(
					{ p: 6.25, q: 3.74, v: 15.44 },
					{ repeats: history.repeats, meanSpend: spend?.[i] ?? 0 },
				);
				check(`E[spend], customer ${i + 1}`, 'at published parameters', exact[i] ?? 0, 1e-9, mean, true);
				check(`E[spend], customer ${i + 1}, paper`, 'Fader and Hardie 2013', inPaper[i] ?? 0, 0.1, mean);
				const value = discountedValue({
					purchasesWithin: t => expectedFuturePurchases(fitted, history, t),
					spend: mean ?? 0,
					periods: 12,
					periodLength: 4.345,
					discount: 0.01,
				});
				check(
					`value of 12 months, customer ${i + 1}`,
					'lifetimes customer_lifetime_value, 1 % a month, BG/NBD at its MLE',
					values[i] ?? 0,
					1e-6,
					value,
					true,
				);
			}
		},
	);
});

describe('closed forms at published parameters', () => {
	test('BG/NBD expectations, P(alive) and probabilities are those of the paper, BTYD and lifetimes', () => {
		const history = { repeats: 2, recency: 30.43, age: 38.86 };
		check(
			'E[Y(39) | 2, 30.43, 38.86]',
			'lifetimes',
			1.2260281747671318,
			1e-9,
			expectedFuturePurchases(published, history, 39),
		);
		check(
			'E[Y(39) | 2, 30.43, 38.86], paper',
			paper,
			1.226,
			5e-4,
			expectedFuturePurchases(published, history, 39),
		);
		check(
			'P(alive | 2, 30.43, 38.86)',
			'lifetimes',
			0.726578570081,
			1e-9,
			probabilityAlive(published, history),
		);
		check('E[X(52)]', 'BTYD', 1.4460505954, 1e-9, expectedPurchases(published, 52));
		const heavy = { repeats: 26, recency: 30.86, age: 31 };
		check(
			'E[Y(52) | 26, 30.86, 31]',
			'BTYD',
			25.7581959365,
			1e-8,
			expectedFuturePurchases(published, heavy, 52),
		);
		check('P(alive | 26, 30.86, 31)', 'BTYD', 0.968915649718, 1e-9, probabilityAlive(published, heavy));
		check('P(X(2) = 10)', 'BTYD', 1.07868964036e-7, 1e-9, purchaseProbability(published, 10, 2), true);
		check('P(X(39) = 0)', 'BTYD', 0.573786352096, 1e-9, purchaseProbability(published, 0, 39));
		const tail = [
			0.0019995214, 0.0015170236, 0.001163315, 0.0009003148, 0.0007023638, 0.0005517902, 0.0004361913,
			0.0003467171, 0.0002769613, 0.000222226,
		];
		for (const [i, value] of tail.entries()) {
			check(
				`P(X(30) = ${11 + i})`,
				'BTYD pmf, parameters .243 4.414 .793 2.426',
				value,
				1e-6,
				purchaseProbability(published, 11 + i, 30),
			);
		}
	});

	test('Pareto/NBD expectations and P(alive) are those of BTYD', () => {
		const parameters = { r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 };
		const history = { repeats: 26, recency: 30.86, age: 31 };
		check('Pareto/NBD E[X(52)]', 'BTYD', 1.4730669919, 1e-9, paretoNbdPurchases(parameters, 52));
		check(
			'Pareto/NBD E[Y(52)]',
			'BTYD',
			25.4549135115,
			1e-9,
			paretoNbdFuturePurchases(parameters, history, 52),
		);
		check('Pareto/NBD P(alive)', 'BTYD', 0.997917766552, 1e-9, paretoNbdAlive(parameters, history));
	});

	test('Pareto/NBD is the same whichever of alpha and beta is larger, as an integral over lifetimes says', () => {
		for (const [alpha, beta] of [
			[4, 9],
			[9, 4],
		] as const) {
			const pattern = { repeats: 3, recency: 7, age: 12, customers: 1 };
			const ours = paretoNbdLogLikelihood([pattern], { r: 0.8, alpha, s: 0.7, beta });
			// ∫ over the moment of leaving from tx to T, plus alive at T; Simpson on 4000 steps.
			const [r, s, x] = [0.8, 0.7, 3];
			const gammaRatio = r * (r + 1) * (r + 2);
			const density = (tau: number): number =>
				(alpha ** r / (alpha + tau) ** (r + x)) * gammaRatio * ((s * beta ** s) / (beta + tau) ** (s + 1));
			const steps = 4000;
			const h = 5 / steps;
			let integral = 0;
			for (let i = 0; i <= steps; i++)
				integral += density(7 + i * h) * (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2);
			const alive = (alpha ** r / (alpha + 12) ** (r + x)) * gammaRatio * (beta / (beta + 12)) ** s;
			expect(ours).toBeCloseTo(Math.log((integral * h) / 3 + alive), 9);
		}
	});
});

test('BG/BB reaches the published fit of 11 104 donors over six years', () => {
	const fit = fitBgBb(donors);
	if (fit.kind !== 'model-fit') throw new Error(JSON.stringify(fit));
	const origin = 'Fader, Hardie and Shang 2010; BTYD bgbb.EstimateParameters(donationsSummary$rf.matrix)';
	const expected = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 };
	for (const name of ['alpha', 'beta', 'gamma', 'delta'] as const) {
		check(`BG/BB ${name}`, origin, expected[name], 1e-3, fit.parameters[name], true);
	}
	check('BG/BB maximum', origin, -33225.6, 0.05, fit.logLikelihood);
	const ahead = (taken: number, last: number): number =>
		bgBbFutureOccasions(fit.parameters, { taken, last, offered: 6 }, 10);
	check('BG/BB next 10 occasions, 0 of 6', 'BTYD walkthrough', 0.1302169, 1e-3, ahead(0, 0), true);
	check('BG/BB next 10 occasions, 4 of 6, last 5', 'BTYD walkthrough', 3.627858, 1e-3, ahead(4, 5), true);
});

test('parameters of a fit are named in the order the likelihood takes them', () => {
	expect(bgNbdParameters([1, 2, 3, 4])).toEqual({ r: 1, alpha: 2, a: 3, b: 4, dropout: 'after-any' });
});

/** Donations of a 1995 cohort 1996–2001 (Fader, Hardie and Shang 2010, table 1): taken, last, customers. */
const donors = [
	[0, 0, 3464],
	[1, 1, 1091],
	[1, 2, 277],
	[1, 3, 129],
	[1, 4, 78],
	[1, 5, 119],
	[1, 6, 129],
	[2, 2, 613],
	[2, 3, 255],
	[2, 4, 155],
	[2, 5, 173],
	[2, 6, 234],
	[3, 3, 322],
	[3, 4, 181],
	[3, 5, 225],
	[3, 6, 357],
	[4, 4, 240],
	[4, 5, 284],
	[4, 6, 512],
	[5, 5, 335],
	[5, 6, 728],
	[6, 6, 1203],
].map(([taken = 0, last = 0, customers = 0]) => ({ taken, last, offered: 6, customers }));
