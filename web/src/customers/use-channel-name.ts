import { channelSchema } from '@touchstone/domain/moments/moment';
import { useTexts } from '../texts/TextsProvider.tsx';

/** How a channel is called; one that is none of ours stays as it was sent. */
export function useChannelName(): (channel: string) => string {
	const { say } = useTexts();
	return channel => {
		const known = channelSchema.safeParse(channel).data;
		return known ? say(`moments.channel.${known}`) : channel;
	};
}
