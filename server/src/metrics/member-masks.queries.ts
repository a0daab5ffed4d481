import type { QueryParam } from '../database/columns-door.ts';

/** As many ids as one number has bits. */
const idsPerMask = 64;

/**
 * Keeps which of some ids a customer has to do with as bits of numbers. As lists of texts, a third of a million customers did
 * not fit into the memory of a statement and went through the disk.
 */
export type MemberMasks = {
	/** One piece of text for every number that is needed, separated by commas. */
	each(part: (index: number) => string): string;
	/** The bit of a column's id in a number: 0 where it stands in another or in none. */
	bit(column: string, index: number): string;
	readonly params: Readonly<Record<string, QueryParam>>;
	/** The id of a bit in a number. */
	idOf(index: number, bit: bigint): string | undefined;
};

export function memberMasks(ids: readonly string[]): MemberMasks {
	const masks = Array.from({ length: Math.max(1, Math.ceil(ids.length / idsPerMask)) }, (_, index) =>
		ids.slice(index * idsPerMask, (index + 1) * idsPerMask),
	);
	return {
		each: part => masks.map((_, index) => part(index)).join(', '),
		bit: (column, index) =>
			`transform(${column}, {ids${index}:Array(String)}, {bits${index}:Array(UInt64)}, toUInt64(0))`,
		params: Object.fromEntries(
			masks.flatMap((list, index) => [
				[`ids${index}`, list.length === 0 ? [''] : [...list]],
				[`bits${index}`, list.length === 0 ? [0n] : list.map((_, place) => 1n << BigInt(place))],
			]),
		),
		idOf: (index, bit) => masks[index]?.[placeOf(bit)],
	};
}

/** Which bit a power of two is; the engine's lists of bits are signed, so the highest may come back as a negative number. */
function placeOf(bit: bigint): number {
	return BigInt.asUintN(64, bit).toString(2).length - 1;
}
