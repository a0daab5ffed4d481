declare const brandName: unique symbol;

/** A string that has been checked to be a `Name`; an unchecked string does not fit where one is expected. */
export type Brand<Name extends string> = string & { readonly [brandName]: Name };

/**
 * Marks a string as a `Name` after the caller's check. The one place in the project where a brand is made by assertion:
 * every other brand comes from here, through a schema that checks.
 */
export function brand<Name extends string>(value: string): Brand<Name> {
	return value as Brand<Name>;
}
