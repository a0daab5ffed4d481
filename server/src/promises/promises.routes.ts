import { promiseContracts } from '@touchstone/domain/promises/promises.contract';
import { ruleWords } from '@touchstone/domain/promises/rule-words';
import { serveDefinitionKind } from '../definitions/definition-kind.routes.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';

/** What the brand promised. */
export function promisesRoom(house: House, inForce: DefinitionsInForce): Room {
	return {
		name: 'promises',
		routes: app =>
			serveDefinitionKind(app, house, inForce, promiseContracts, {
				list: 'promises',
				items: ({ promises }) => promises,
				withItems: (definitions, promises) => ({ ...definitions, promises: [...promises] }),
				details: ({ moments }, { rule }) => {
					const names = new Map(moments.map(({ id, name }) => [id, name]));
					return { ruleInWords: rule ? ruleWords(rule, moment => names.get(moment) ?? moment) : null };
				},
			}),
	};
}
