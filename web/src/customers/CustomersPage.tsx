import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconUserOff, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { listCustomers } from '@touchstone/domain/metrics/customer-history.contract';
import { useEffect, useRef, useState } from 'react';
import { ask } from '../app/ask.client.ts';
import { useTexts } from '../texts/TextsProvider.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Asked } from '../ui/Panel.tsx';
import classes from './CustomersPage.module.css';
import { useCustomerColumns } from './use-customer-columns.tsx';

/** Everyone who was met, found by what identifies them. */
export function CustomersPage() {
	const { say } = useTexts();
	const { search = '' } = useSearch({ from: '/inside/customers' });
	const columns = useCustomerColumns();
	const query = useInfiniteQuery({
		queryKey: ['customers', 'list', search],
		queryFn: ({ pageParam, signal }) =>
			ask(listCustomers, { query: { search, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
		initialPageParam: '',
		getNextPageParam: page => page.nextCursor,
		placeholderData: keepPreviousData,
		// A page may answer again with somebody found under a former id.
		select: ({ pages }) => ({
			currency: pages[0]?.currency ?? '',
			rows: [...new Map(pages.flatMap(({ items }) => items).map(row => [row.id, row])).values()],
		}),
	});
	return (
		<Stack gap="lg">
			<div>
				<Title order={1}>{say('app.customers')}</Title>
				<Text size="sm" className="quiet">
					{say('customers.lead')}
				</Text>
			</div>
			<SearchField search={search} />
			<Asked query={query} height={480}>
				{({ currency, rows }) => (
					<div className={classes.box}>
						<DataTable
							label={say('customers.found')}
							columns={columns(currency)}
							rows={rows}
							rowKey={({ id }) => id}
							filter={false}
							fileName="customers"
							more={
								query.hasNextPage
									? { ask: () => void query.fetchNextPage(), asking: query.isFetchingNextPage }
									: undefined
							}
							empty={<Nobody search={search} />}
						/>
					</div>
				)}
			</Asked>
		</Stack>
	);
}

/** What is typed is looked for after a short pause and stands in the address, so that it survives going there and back. */
function SearchField({ search }: { readonly search: string }) {
	const { say } = useTexts();
	const navigate = useNavigate();
	const [typed, setTyped] = useState(search);
	const sent = useRef(search);
	const send = useDebouncedCallback((text: string) => {
		sent.current = text;
		void navigate({ to: '/customers', search: text === '' ? {} : { search: text }, replace: true });
	}, 250);
	// The address may also change from elsewhere: by the palette, or by going back.
	useEffect(() => {
		if (search === sent.current) return;
		sent.current = search;
		setTyped(search);
	}, [search]);
	return (
		<TextInput
			className={classes.search}
			type="search"
			aria-label={say('customers.search')}
			placeholder={say('customers.search')}
			leftSection={<IconSearch size={16} aria-hidden />}
			maxLength={200}
			value={typed}
			onChange={event => {
				setTyped(event.currentTarget.value);
				send(event.currentTarget.value.trim());
			}}
		/>
	);
}

function Nobody({ search }: { readonly search: string }) {
	const { say } = useTexts();
	if (search === '') {
		return (
			<EmptyState icon={IconUsers} title={say('customers.none')} hint={say('customers.noneHint')}>
				<Button component={Link} to="/data" size="xs" mt="xs">
					{say('customers.toData')}
				</Button>
			</EmptyState>
		);
	}
	return (
		<EmptyState
			icon={IconUserOff}
			title={say('customers.noneFound', { search })}
			hint={say('customers.noneFoundHint')}
		>
			<Button component={Link} to="/customers" size="xs" mt="xs" variant="default">
				{say('customers.clearSearch')}
			</Button>
		</EmptyState>
	);
}
