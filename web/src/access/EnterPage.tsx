import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { signInByLink } from '@touchstone/domain/access/entry.contract';
import { useEffect } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { forgetPrevious } from './forget-previous.ts';
import { LinkMissing } from './LinkMissing.tsx';
import { OutsidePage } from './OutsidePage.tsx';
import { useLinkToken } from './use-link-token.ts';
import { useProblem } from './use-problem.ts';

/** Signs in by a one-time link. */
export function EnterPage() {
	const { say } = useTexts();
	const sayProblem = useProblem();
	const router = useRouter();
	const token = useLinkToken();
	// The link is good once: a query is asked once however often React mounts the page, an effect would be run twice.
	const entered = useQuery({
		queryKey: ['entrance', 'link', token],
		queryFn: () => ask(signInByLink, { body: { token: token ?? '' } }),
		enabled: token !== undefined,
		retry: false,
		staleTime: Number.POSITIVE_INFINITY,
	});
	useEffect(() => {
		if (!entered.isSuccess) return;
		forgetPrevious();
		router.history.replace('/');
	}, [entered.isSuccess, router]);
	if (token === undefined)
		return <LinkMissing title={say('access.enter')} hint={say('access.linkMissing')} />;
	if (entered.error) return <LinkMissing title={say('access.enter')} hint={sayProblem(entered.error)} />;
	return (
		<OutsidePage title={say('access.entering')}>
			<Loader size="sm" type="dots" aria-label={say('ui.loading')} />
		</OutsidePage>
	);
}
