type LockedPackage = {
	readonly optionalDependencies?: Readonly<Record<string, string>>;
	readonly dev?: boolean;
};

/** The optional packages that some package of the lockfile names and the lockfile does not hold. */
export function missingOptionals(
	packages: Readonly<Record<string, LockedPackage>>,
): { name: string; version: string }[];
