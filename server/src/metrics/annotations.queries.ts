import type { Annotation } from '@touchstone/domain/metrics/annotations.contract';
import type { WorkspaceId } from '@touchstone/domain/owners/ids';
import type { Selectable, Transaction } from 'kysely';
import type { AnnotationsTable, Database } from '../database/postgres-schema.ts';

type Inside = Transaction<Database>;

/** More notes than this crowd a trend; the newest are read. */
const mostAnnotations = 500;

export type AnnotationQuestion = {
	readonly from?: Date | null | undefined;
	readonly to?: Date | null | undefined;
	/** What is noted about this promise, or this moment, and about everything; left out, all. */
	readonly promise?: string | undefined;
	readonly moment?: string | undefined;
};

const columns = ['id', 'at', 'text', 'promise', 'moment', 'unit', 'author'] as const;

/** What was noted, oldest first. */
export async function annotationsAbout(
	trx: Inside,
	workspace: WorkspaceId,
	{ from, to, promise, moment }: AnnotationQuestion,
): Promise<Annotation[]> {
	let question = trx.selectFrom('annotations').select(columns).where('workspace', '=', workspace);
	if (from) question = question.where('at', '>=', from);
	if (to) question = question.where('at', '<', to);
	if (promise !== undefined || moment !== undefined) {
		question = question.where(about =>
			about.or([
				about.and([about('promise', 'is', null), about('moment', 'is', null)]),
				...(promise === undefined ? [] : [about('promise', '=', promise)]),
				...(moment === undefined ? [] : [about('moment', '=', moment)]),
			]),
		);
	}
	const rows = await question.orderBy('at', 'desc').orderBy('id').limit(mostAnnotations).execute();
	return rows.reverse().map(shown);
}

export async function keepAnnotation(
	trx: Inside,
	workspace: WorkspaceId,
	note: {
		readonly at: Date;
		readonly text: string;
		readonly promise: string | null;
		readonly moment: string | null;
		readonly unit: string | null;
		readonly author: string;
	},
): Promise<Annotation> {
	const row = await trx
		.insertInto('annotations')
		.values({ workspace, ...note })
		.returning(columns)
		.executeTakeFirstOrThrow();
	return shown(row);
}

/** @returns whether there was one that the asker may take away */
export async function dropAnnotation(trx: Inside, workspace: WorkspaceId, id: string): Promise<boolean> {
	const result = await trx
		.deleteFrom('annotations')
		.where('workspace', '=', workspace)
		.where('id', '=', id)
		.executeTakeFirst();
	return result.numDeletedRows > 0n;
}

function shown(row: Pick<Selectable<AnnotationsTable>, (typeof columns)[number]>): Annotation {
	return { ...row, at: row.at.toISOString() };
}
