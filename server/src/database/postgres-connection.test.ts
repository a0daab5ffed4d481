import { expect, test } from 'vitest';
import { clientConfig, connectionFromUrl } from './postgres-connection.ts';

test("an address keeps its own options, and the product's come after them", () => {
	const connection = connectionFromUrl(
		'postgres://ann:p%40ss@db:6432/cx?sslmode=require&options=-c%20geqo%3Doff',
	);
	expect(connection).toEqual({
		connectionString: 'postgres://ann:p%40ss@db:6432/cx?sslmode=require',
		options: '-c geqo=off',
	});
	expect(clientConfig(connection, { role: 'touchstone_queue' }).options).toMatch(
		/^-c geqo=off .*-c timezone=UTC .*-c role=touchstone_queue$/,
	);
});

test('an address on a socket keeps its folder', () => {
	expect(connectionFromUrl('postgresql:///cx?host=/run/postgresql')).toEqual({
		connectionString: 'postgresql:///cx?host=%2Frun%2Fpostgresql',
	});
});

test('an address that is none is refused without showing its password', () => {
	expect(() => connectionFromUrl('postgres://ann:secret@:port/cx')).toThrow(/^DATABASE_URL is not a URL/);
	expect(() => connectionFromUrl('mysql://ann:secret@db/cx')).toThrow(
		/^(?!.*secret).*must start with postgres/,
	);
});
