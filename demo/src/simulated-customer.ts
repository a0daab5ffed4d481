import type { FeedbackInput } from '@touchstone/domain/feedback/feedback';
import type { InteractionInput } from '@touchstone/domain/interactions/interaction';
import type { Random } from '@touchstone/statistics/numerics/random';
import { truths } from './truths.ts';

export type Simulated = {
	readonly interactions: InteractionInput[];
	readonly feedback: FeedbackInput[];
	/** The anonymous visitor that this customer turned out to be. */
	readonly knownAs?: { readonly anonymousId: string; readonly customer: string };
};

export type Calendar = {
	/** When the simulated time begins and ends, in milliseconds since 1970. Nothing happens after its end. */
	readonly begins: number;
	readonly ends: number;
};

const hour = 3_600_000;
const day = 24 * hour;
const month = 30.4375 * day;

const dealers = [
	'D-KIEL',
	'D-BREMEN',
	'D-HANOVER',
	'D-ULM',
	'D-MUNICH',
	'D-LINZ',
	'D-GRAZ',
	'D-UTRECHT',
] as const;
const regionOf: Readonly<Record<string, string>> = {
	'D-KIEL': 'DE-NORTH',
	'D-BREMEN': 'DE-NORTH',
	'D-HANOVER': 'DE-NORTH',
	'D-ULM': 'DE-SOUTH',
	'D-MUNICH': 'DE-SOUTH',
	'D-LINZ': 'AT',
	'D-GRAZ': 'AT',
	'D-UTRECHT': 'NL',
};
const praise = [
	'Runs like a charm.',
	'Quick, friendly, done.',
	'Exactly what was promised.',
	'Would buy again.',
];
const complaints = [
	'Nobody told me it would be late.',
	'Third call about the same thing.',
	'It did not work out of the box.',
	'Cost more than I was told.',
];

/** One customer's whole story with the company, drawn from the truths. */
export function simulateCustomer(index: number, random: Random, calendar: Calendar): Simulated {
	const story = new Story(index, random, calendar);
	story.discover();
	story.buy();
	return story.told();
}

class Story {
	readonly #random: Random;
	readonly #calendar: Calendar;
	readonly #customer: string;
	readonly #account: string | undefined;
	readonly #dealer: string;
	readonly #visitor: string | undefined;
	readonly #interactions: InteractionInput[] = [];
	readonly #feedback: FeedbackInput[] = [];
	readonly #ordered: number;
	#count = 0;

	constructor(index: number, random: Random, calendar: Calendar) {
		this.#random = random;
		this.#calendar = calendar;
		this.#customer = `C-${String(index + 1).padStart(6, '0')}`;
		this.#account =
			random.uniform() < truths.firms ? `A-${String(Math.floor(index / 3) + 1).padStart(5, '0')}` : undefined;
		this.#dealer = dealers[random.int(dealers.length)] ?? 'D-KIEL';
		this.#visitor = random.uniform() < 0.1 ? `visitor-${index + 1}` : undefined;
		this.#ordered = calendar.begins + random.uniform() * (calendar.ends - calendar.begins);
	}

	told(): Simulated {
		return {
			interactions: this.#interactions,
			feedback: this.#feedback,
			...(this.#visitor ? { knownAs: { anonymousId: this.#visitor, customer: this.#customer } } : {}),
		};
	}

	discover(): void {
		const random = this.#random;
		const seen = this.#ordered - (1 + random.exponential(0.2)) * day;
		const who = this.#visitor ? { anonymousId: this.#visitor } : {};
		const campaign = this.#onTwoDayCampaign() ? 'home-in-two-days' : 'brand';
		if (random.uniform() < 0.25)
			this.#meet('Post Seen', seen - day, {
				...who,
				channel: 'social',
				campaign,
				reach: 50 + random.int(5_000),
			});
		if (random.uniform() < 0.6)
			this.#meet('Ad Clicked', seen, { ...who, channel: 'web', campaign, cost: '0.85' });
		for (let view = random.poisson(1.5); view > 0; view--) {
			this.#meet('Product Viewed', seen + random.uniform() * day, {
				...who,
				channel: 'web',
				campaign,
				durationSeconds: Math.round(20 + random.exponential(1 / 90)),
			});
		}
		if (random.uniform() < 0.25)
			this.#meet('Shop Visited', seen + random.uniform() * 2 * day, { channel: 'store', unit: this.#dealer });
		if (random.uniform() < 0.3) this.#askForCallback(seen + random.uniform() * day);
	}

	buy(): void {
		const random = this.#random;
		const order = `order-${this.#customer}`;
		const viaDealer = random.uniform() < truths.viaDealer;
		const hurried = !viaDealer && this.#onTwoDayCampaign();
		const where = { subject: order, unit: viaDealer ? this.#dealer : (regionOf[this.#dealer] ?? 'DE') };
		const price = Math.round((250 + random.gamma(3) * 190 * (this.#account ? 1.8 : 1)) * 100) / 100;
		const chosenDay = 2 + random.int(9);
		const promisedDay = new Date(this.#ordered + chosenDay * day).toISOString().slice(0, 10);
		this.#meet('Order Placed', this.#ordered, {
			...where,
			channel: viaDealer ? 'dealer' : 'web',
			revenue: price.toFixed(2),
			cost: (price * 0.62).toFixed(2),
			...(hurried ? { campaign: 'home-in-two-days' } : {}),
			properties: hurried ? { price } : { price, promisedDay },
		});
		const surcharge = random.uniform() < truths.invoice.asQuoted ? 0 : truths.invoice.surcharge;
		this.#meet('Invoice Sent', this.#ordered + hour, {
			...where,
			channel: 'email',
			properties: { quoted: price, charged: Math.round((price + surcharge) * 100) / 100 },
		});
		if (random.uniform() < truths.delivery.cancelled) {
			this.#meet('Order Cancelled', this.#ordered + (2 + random.uniform() * 20) * hour, {
				...where,
				channel: 'web',
				revenue: (-price).toFixed(2),
			});
			return;
		}
		const inTime = hurried ? this.#deliverHurried(where) : this.#deliverOnDay(where, chosenDay);
		this.#use(order, where.unit, inTime.at, inTime.kept);
	}

	#deliverHurried(where: { subject: string; unit: string }): { at: number; kept: boolean } {
		const { hoursShape, hoursMean } = truths.twoDayCampaign;
		const hours = (this.#random.gamma(hoursShape) * hoursMean) / hoursShape;
		return this.#deliver(where, this.#ordered + hours * hour, hours <= 48);
	}

	#deliverOnDay(where: { subject: string; unit: string }, chosenDay: number): { at: number; kept: boolean } {
		const random = this.#random;
		const kept = random.uniform() < truths.delivery.onTheDay;
		const midnight = Math.floor((this.#ordered + chosenDay * day) / day) * day;
		const at = midnight + (kept ? 0 : (1 + random.int(6)) * day) + (8 + random.uniform() * 11) * hour;
		return this.#deliver(where, Math.max(at, this.#ordered + hour), kept);
	}

	#deliver(
		where: { subject: string; unit: string },
		at: number,
		kept: boolean,
	): { at: number; kept: boolean } {
		this.#meet('Order Delivered', at, { ...where, channel: 'delivery', cost: '18.50' });
		const mean = kept ? truths.deliveryScore.kept : truths.deliveryScore.broken;
		if (this.#random.uniform() < truths.deliveryScore.answers)
			this.#say('delivered', at + this.#random.uniform() * 2 * day, where, 'csat-5', mean);
		return { at, kept };
	}

	#use(order: string, unit: string, delivered: number, inTime: boolean): void {
		const random = this.#random;
		const where = { subject: order, unit };
		const installedAfter =
			random.uniform() < truths.installation.inTwoDays
				? random.uniform() * 46
				: 50 + random.exponential(0.02);
		this.#meet('Appliance Installed', delivered + installedAfter * hour, {
			...where,
			unit: this.#dealer,
			channel: 'dealer',
		});
		const began = delivered + (installedAfter + 1 + random.exponential(0.1)) * hour;
		const wentWell = random.uniform() < truths.firstUse.goesWell;
		this.#meet('First Use Finished', began, {
			...where,
			channel: 'product',
			outcome: wentWell ? 'finished' : 'gave up',
			durationSeconds: Math.round(
				wentWell ? 300 + random.exponential(1 / 200) : 900 + random.exponential(1 / 900),
			),
		});
		if (random.uniform() < truths.firstUse.answers)
			this.#say('first-used', began + random.uniform() * 5 * day, where, 'csat-5', wentWell ? 4.6 : 2.1);
		const soon = wentWell
			? truths.faults.inThirtyDaysAfterGoodStart
			: truths.faults.inThirtyDaysAfterBadStart;
		const faulty = random.uniform() < soon + truths.faults.later;
		if (faulty)
			this.#breakDown(
				where,
				began +
					(random.uniform() < soon / (soon + truths.faults.later)
						? random.uniform() * 29
						: 31 + random.uniform() * 200) *
						day,
			);
		const call =
			random.uniform() < truths.calls.share ? this.#call(began + random.exponential(1 / 60) * day) : true;
		if (random.uniform() < truths.complaints.share * (inTime ? 1 : 4))
			this.#complain(began + random.uniform() * 20 * day);
		this.#renew(where, { wentWell, inTime, call, noFault: !faulty });
	}

	#breakDown(where: { subject: string; unit: string }, at: number): void {
		const random = this.#random;
		this.#meet('Fault Reported', at, { ...where, channel: 'app' });
		const asked = at + random.uniform() * 6 * hour;
		this.#meet('Repair Requested', asked, { ...where, channel: 'app' });
		const days =
			random.uniform() < truths.repair.inFiveDays
				? 1 + random.uniform() * 3.9
				: 5.2 + random.exponential(0.4);
		const done = asked + days * day;
		this.#meet('Repair Finished', done, { ...where, unit: this.#dealer, channel: 'dealer', cost: '74.00' });
		if (random.uniform() < 0.35)
			this.#say('repaired', done + random.uniform() * 2 * day, where, 'csat-5', days <= 5 ? 4.2 : 2.8);
		if (random.uniform() > truths.repair.holds)
			this.#meet('Fault Reported', done + (1 + random.uniform() * 85) * day, { ...where, channel: 'app' });
	}

	#call(at: number): boolean {
		const random = this.#random;
		const subject = `call-${this.#customer}`;
		const changed = at >= this.#calendar.begins + truths.calls.changedInMonth * month;
		const within = changed ? truths.calls.withinMinuteAfter : truths.calls.withinMinuteBefore;
		const kept = random.uniform() < within;
		const wait = Math.round(kept ? 5 + random.uniform() * 54 : 61 + random.exponential(1 / 150));
		this.#meet('Phone Menu Entered', at, { subject, channel: 'ivr', durationSeconds: 20 + random.int(70) });
		this.#meet('Call Answered', at + (60 + wait) * 1000, {
			subject,
			channel: 'phone',
			waitSeconds: wait,
			durationSeconds: Math.round(120 + random.exponential(1 / 240)),
			agent: `agent-${1 + random.int(40)}`,
			cost: '4.20',
		});
		if (random.uniform() < truths.calls.answers)
			this.#say('call-answered', at + hour, { subject }, 'ces-7', kept ? 5.9 : 4.2);
		if (random.uniform() < 0.2)
			this.#meet('Chat Answered', at + 2 * day, {
				subject: `chat-${this.#customer}`,
				channel: 'chat',
				waitSeconds: random.int(120),
			});
		return kept;
	}

	#complain(at: number): void {
		const random = this.#random;
		const subject = `complaint-${this.#customer}`;
		this.#meet('Complaint Received', at, { subject, channel: 'post' });
		const days =
			random.uniform() < truths.complaints.answeredInTwoWeeks
				? 2 + random.uniform() * 11.5
				: 15 + random.exponential(0.1);
		this.#meet('Complaint Answered', at + days * day, { subject, channel: 'post', cost: '35.00' });
	}

	#askForCallback(at: number): void {
		const random = this.#random;
		const where = { subject: `callback-${this.#customer}`, unit: this.#dealer };
		this.#meet('Callback Requested', at, { ...where, channel: 'web' });
		const { breaker, keptAtBreaker, keptElsewhere } = truths.dealerCallback;
		const kept = random.uniform() < (this.#dealer === breaker ? keptAtBreaker : keptElsewhere);
		// Of those that are not called in time, half are never called.
		if (!kept && random.uniform() < 0.5) return;
		this.#meet(
			'Dealer Called Back',
			at + (kept ? random.uniform() * 23.5 : 25 + random.exponential(0.05)) * hour,
			{ ...where, channel: 'dealer', agent: `seller-${1 + random.int(30)}` },
		);
	}

	#renew(
		where: { subject: string; unit: string },
		had: { wentWell: boolean; inTime: boolean; call: boolean; noFault: boolean },
	): void {
		const random = this.#random;
		const { base, firstUseWell, deliveredInTime, callAnsweredInTime, noFault } = truths.renewal;
		const logit =
			base +
			(had.wentWell ? firstUseWell : 0) +
			(had.inTime ? deliveredInTime : 0) +
			(had.call ? callAnsweredInTime : 0) +
			(had.noFault ? noFault : 0);
		const asked = this.#ordered + (11 + random.uniform() * 2) * month;
		this.#say(undefined, asked - 10 * day, where, 'nps', had.wentWell ? 8.4 : 4.6, 0.25);
		if (random.uniform() < 1 / (1 + Math.exp(-logit)))
			this.#meet('Warranty Renewed', asked, { ...where, channel: 'email', revenue: '89.00', cost: '21.00' });
		if (random.uniform() < 0.08)
			this.#meet('Review Posted', asked - 100 * day, {
				...where,
				channel: 'marketplace',
				reach: 20 + random.int(900),
			});
		if (random.uniform() < 0.05)
			this.#meet('Community Post Written', asked - 80 * day, {
				channel: 'community',
				reach: 5 + random.int(300),
			});
	}

	#onTwoDayCampaign(): boolean {
		const { fromMonth, toMonth, shareOfOrders } = truths.twoDayCampaign;
		const inMonth = (this.#ordered - this.#calendar.begins) / month;
		// The same customer is or is not on the campaign, however often it is asked.
		return (
			inMonth >= fromMonth && inMonth < toMonth && Number(this.#customer.slice(2)) % 100 < shareOfOrders * 100
		);
	}

	#meet(event: string, time: number, more: Omit<Partial<InteractionInput>, 'id' | 'event' | 'time'>): void {
		if (time >= this.#calendar.ends || time < 0) return;
		this.#count += 1;
		this.#interactions.push({
			id: `${this.#customer}-${this.#count}`,
			event,
			time: new Date(time).toISOString(),
			...(more.anonymousId ? {} : { customer: this.#customer }),
			...(this.#account ? { account: this.#account } : {}),
			...((more.revenue ?? more.cost) ? { currency: 'EUR' } : {}),
			...more,
		});
	}

	#say(
		moment: string | undefined,
		time: number,
		where: { subject?: string; unit?: string },
		scale: 'csat-5' | 'ces-7' | 'nps',
		mean: number,
		answers = 1,
	): void {
		const random = this.#random;
		if (time >= this.#calendar.ends || random.uniform() >= answers) return;
		const { low, high } = {
			'csat-5': { low: 1, high: 5 },
			'ces-7': { low: 1, high: 7 },
			nps: { low: 0, high: 10 },
		}[scale];
		const score = Math.min(high, Math.max(low, Math.round(random.normal(mean, (high - low) / 5))));
		this.#count += 1;
		const happy = score >= (low + high) / 2 + (high - low) / 5;
		const list = happy ? praise : complaints;
		const words = random.uniform() < 0.3 ? list[random.int(list.length)] : undefined;
		this.#feedback.push({
			id: `${this.#customer}-${this.#count}`,
			time: new Date(time).toISOString(),
			customer: this.#customer,
			...(this.#account ? { account: this.#account } : {}),
			...where,
			...(moment ? { moment } : {}),
			type: 'survey',
			scale,
			score,
			...(words ? { words, language: 'en' } : {}),
		});
	}
}
