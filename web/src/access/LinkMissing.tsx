import { useTexts } from '../texts/TextsProvider.tsx';
import { LinkTo } from '../ui/LinkTo.tsx';
import { Notice } from '../ui/Notice.tsx';
import { OutsidePage } from './OutsidePage.tsx';

/** What a page shows that is opened by a link, when the link was not copied whole or is not good any more. */
export function LinkMissing({ title, hint }: { readonly title: string; readonly hint: string }) {
	const { say } = useTexts();
	return (
		<OutsidePage title={title}>
			<Notice kind="problem">{hint}</Notice>
			<LinkTo to="/sign-in" size="sm">
				{say('access.toSignIn')}
			</LinkTo>
		</OutsidePage>
	);
}
