/** A seeded experiment that checks what an interval promises; run by `npm run test:simulation`. */
export type Simulation = {
	/** What is simulated, as a phrase: "Wilson interval of a share, p = 0.1, n = 200". */
	readonly name: string;
	/** The coverage the interval promises, such as 0.95. */
	readonly nominal: number;
	/** How many data sets are drawn. */
	readonly draws: number;
	/** Draws the data sets from this seed and counts how often the interval held the truth. */
	run(seed: number): SimulationResult;
	/** Why theory does not promise the nominal coverage here; absent when it does and the bar applies. */
	readonly exception?: string;
};

/** What one simulation saw. */
export type SimulationResult = {
	/** Data sets whose interval held the truth. */
	readonly covered: number;
	/** Data sets drawn. */
	readonly draws: number;
	/** Mean of estimate minus truth, where the simulation measures it. */
	readonly bias?: number;
};
