import { NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../app/session.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Snippet } from '../ui/Snippet.tsx';
import { type Sender, senders, snippetFor } from './snippets.ts';
import { WriteKeys } from './WriteKeys.tsx';

/** What sends data here, and what to write there so that something does. */
export function SourcesPart() {
	const [key, setKey] = useState<string>();
	const me = useMe();
	return (
		<Stack gap="md">
			{me.may.includes('listKeys') ? <WriteKeys onMade={setKey} /> : null}
			<Snippets writeKey={key} />
		</Stack>
	);
}

function Snippets({ writeKey }: { readonly writeKey: string | undefined }) {
	const { say } = useTexts();
	const [sender, setSender] = useState<Sender>('page');
	const key = writeKey ?? say('data.sources.keyPlace');
	return (
		<Panel
			title={say('data.snippets')}
			hint={say(writeKey === undefined ? 'data.snippets.hint' : 'data.snippets.withKey')}
		>
			<Stack gap="sm">
				<NativeSelect
					size="sm"
					maw={340}
					aria-label={say('data.snippets.from')}
					value={sender}
					onChange={event => {
						const chosen = event.currentTarget.value;
						setSender(senders.find(known => known === chosen) ?? 'page');
					}}
					data={senders.map(value => ({ value, label: say(`data.snippets.${value}`) }))}
				/>
				<Text size="sm" className="quiet">
					{say(`data.snippets.${sender}Hint`)}
				</Text>
				<Snippet
					label={say(`data.snippets.${sender}`)}
					text={snippetFor(sender, window.location.origin, key)}
				/>
			</Stack>
		</Panel>
	);
}
