import type { PeriodQuery } from '@touchstone/domain/metrics/period-query';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ColumnsDoor, ScopedColumns } from '../database/columns-door.ts';
import type { PostgresDoor } from '../database/postgres-door.ts';
import type { Scope } from '../database/scope.ts';
import type { DefinitionsInForce, InForce } from '../definitions/definitions-in-force.ts';
import { type AskedPeriod, askedPeriod } from './asked-period.ts';
import { openRepeatedRows, type Repeated } from './repeated-rows.queries.ts';
import type { StandingAnswers } from './standing-answers.ts';
import { type TestedCount, testedCounts } from './tested.queries.ts';

/** What a panel is made from. */
export type PanelAsk = {
	readonly columns: ScopedColumns;
	readonly inForce: InForce;
	readonly asked: AskedPeriod;
	/** How tests ended, of every promise; panels that ask at the same time share one pass over the verdicts. */
	readonly tested: () => Promise<readonly TestedCount[]>;
	/** Whose interactions need their versions sorted out. */
	readonly repeated: Repeated;
};

/** Makes the panels of the dashboard for those who may see a scope, and keeps what stands. */
export interface Panels {
	/** @param name tells panels apart that are asked the same */
	of<T>(scope: Scope, name: string, query: PeriodQuery, make: (ask: PanelAsk) => Promise<T>): Promise<T>;
}

export type PanelNeeds = {
	readonly postgres: PostgresDoor;
	readonly columns: ColumnsDoor;
	readonly definitions: DefinitionsInForce;
	readonly answers: StandingAnswers;
	readonly now: () => Date;
};

export function openPanels({ postgres, columns: door, definitions, answers, now }: PanelNeeds): Panels {
	const repeatedRows = openRepeatedRows(door);
	return {
		async of(scope, name, query, make) {
			const inForce = await definitions.of(scope.workspace);
			const time = now();
			const asked = askedPeriod(query, inForce.definitions, time);
			const columns = door.forScope(scope);
			const state = [
				await judgedSoFar(postgres, columns, scope),
				inForce.revision,
				// What depends on today moves on by itself.
				Math.floor(time.getTime() / movesOnMs),
			].join('/');
			const question = (of: string) => JSON.stringify([of, scope.workspace, scope.units, query]);
			return answers.of(question(name), state, async () =>
				make({
					repeated: await repeatedRows.among(scope),
					columns,
					inForce,
					asked,
					tested: () =>
						answers.of(question('tested'), state, () =>
							testedCounts(columns, asked.filter, asked.periods, asked.zone),
						),
				}),
			);
		},
	};
}

const movesOnMs = 600_000;

/**
 * Says how far the judge has come, so that it says something else once any figure can have changed: arrivals move the watermark
 * after they are judged, and every verdict that is written is one more row, or has a newer version.
 */
async function judgedSoFar(postgres: PostgresDoor, columns: ScopedColumns, scope: Scope): Promise<string> {
	const [watermark, verdicts] = await Promise.all([
		postgres.inWorkspace(scope, trx =>
			trx
				.selectFrom('judge_state')
				.select(sql<string>`extract(epoch from watermark)::text`.as('watermark'))
				.where('workspace', '=', scope.workspace)
				.executeTakeFirst(),
		),
		columns.rows({
			sql: 'SELECT count() AS n, max(version) AS newest FROM verdicts',
			row: z.object({ n: z.string(), newest: z.string() }),
		}),
	]);
	return [watermark?.watermark ?? '', verdicts[0]?.n ?? '', verdicts[0]?.newest ?? ''].join(' ');
}
