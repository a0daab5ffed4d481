/**
 * What is true of Lumenhaus: the parameters the simulator draws from. Tests check that the product finds these from the data
 * alone. Shares are probabilities, times are hours unless said otherwise.
 */
export const truths = {
	months: 18,
	/** Share of customers who are firms. */
	firms: 0.15,
	/** Share of orders taken by a dealer rather than in the online shop. */
	viaDealer: 0.3,

	delivery: {
		/** The chosen day is kept with this probability; otherwise it comes one to six days late. */
		onTheDay: 0.93,
		cancelled: 0.04,
	},

	/** A campaign over-promises: what the warehouse really needs does not fit into two days. */
	twoDayCampaign: {
		fromMonth: 6,
		toMonth: 9,
		shareOfOrders: 0.35,
		/** Hours from order to door: gamma with this shape and mean. */
		hoursShape: 6,
		hoursMean: 84,
	},

	/** One dealer breaks a promise the others keep. */
	dealerCallback: { keptElsewhere: 0.9, keptAtBreaker: 0.45, breaker: 'D-HANOVER' },

	installation: { inTwoDays: 0.88 },

	invoice: { asQuoted: 0.985, surcharge: 14.9 },

	/** First use goes well with this probability. It decides retention most, see `renewal`. */
	firstUse: { goesWell: 0.82, answers: 0.55 },

	faults: { inThirtyDaysAfterGoodStart: 0.02, inThirtyDaysAfterBadStart: 0.12, later: 0.1 },

	/** A new call routing in month 12 (counted from 0) shortens waits: the share answered within a minute. */
	calls: { withinMinuteBefore: 0.66, withinMinuteAfter: 0.9, changedInMonth: 12, share: 0.45, answers: 0.3 },

	repair: { inFiveDays: 0.84, holds: 0.95 },

	complaints: { share: 0.03, answeredInTwoWeeks: 0.8 },

	/**
	 * Whether the warranty is renewed eleven to thirteen months after the order: log-odds, and what each experience adds. First
	 * use decides most; the delivery day and the answered call matter less.
	 */
	renewal: { base: -1.6, firstUseWell: 2.0, deliveredInTime: 0.5, callAnsweredInTime: 0.3, noFault: 0.4 },

	/** Mean scores on a five-point scale after a kept and after a broken delivery. */
	deliveryScore: { kept: 4.4, broken: 2.7, answers: 0.3 },
} as const;
