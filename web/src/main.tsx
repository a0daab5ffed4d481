import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './app/query-client.ts';
import { router } from './app/router.tsx';
import { loadFirstTexts } from './texts/spoken.client.ts';
import { TextsProvider } from './texts/TextsProvider.tsx';
import { Notices } from './ui/Notices.tsx';
import { theme } from './ui/theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');
await loadFirstTexts();
createRoot(root).render(
	<StrictMode>
		<MantineProvider theme={theme} defaultColorScheme="auto">
			<TextsProvider>
				<QueryClientProvider client={queryClient}>
					<Notices />
					<RouterProvider router={router} />
				</QueryClientProvider>
			</TextsProvider>
		</MantineProvider>
	</StrictMode>,
);
