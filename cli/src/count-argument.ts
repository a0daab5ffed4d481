import { InvalidArgumentError } from 'commander';

/** A whole number from 1 to `most`, given on the command line. */
export function countArgument(most: number): (text: string) => number {
	return text => {
		const count = Number(text);
		if (/^\d+$/.test(text) && count >= 1 && count <= most) return count;
		throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
	};
}
