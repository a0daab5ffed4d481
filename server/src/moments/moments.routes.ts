import { channels, type Moment, stages } from '@touchstone/domain/moments/moment';
import { listChannels, listStages, momentContracts } from '@touchstone/domain/moments/moments.contract';
import { testedMoments } from '@touchstone/domain/promises/rule-moments';
import { serveDefinitionKind } from '../definitions/definition-kind.routes.ts';
import type { DefinitionsInForce } from '../definitions/definitions-in-force.ts';
import type { House, Room } from '../http/house.ts';
import { serve } from '../http/serve.ts';

/** The touchpoints between customers and the company, by stage and channel. */
export function momentsRoom(house: House, inForce: DefinitionsInForce): Room {
	return {
		name: 'moments',
		routes: app => {
			serveDefinitionKind(app, house, inForce, momentContracts, {
				list: 'moments',
				items: ({ moments }) => moments,
				withItems: (definitions, moments) => ({ ...definitions, moments: [...moments] }),
				details: ({ promises }, { id }) => ({
					promises: promises
						.filter(
							({ moment, rule }) =>
								moment === id || (rule && testedMoments(rule).some(tested => tested.moment === id)),
						)
						.map(promise => promise.id),
				}),
			});

			serve(app, house, listStages, async ({ caller }) => {
				const { moments } = (await inForce.of(caller.workspace)).definitions;
				return { items: stages.map(stage => ({ stage, moments: count(moments, 'stage', stage) })) };
			});

			serve(app, house, listChannels, async ({ caller }) => {
				const { moments } = (await inForce.of(caller.workspace)).definitions;
				return { items: channels.map(channel => ({ channel, moments: count(moments, 'channel', channel) })) };
			});
		},
	};
}

function count(moments: readonly Moment[], field: 'stage' | 'channel', value: string): number {
	return moments.filter(moment => moment[field] === value).length;
}
