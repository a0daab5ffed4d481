import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

describe('settings', () => {
	it('are complete without any environment', () => {
		expect(readSettings({})).toEqual({
			dataFolder: '.touchstone',
			host: '127.0.0.1',
			port: 7700,
			logLevel: 'info',
		});
	});

	it('name the stores to use instead of the embedded ones', () => {
		const settings = readSettings({
			DATABASE_URL: 'postgres://u@h/db',
			CLICKHOUSE_URL: 'http://h:8123',
			TOUCHSTONE_PORT: '0',
		});
		expect(settings).toMatchObject({
			databaseUrl: 'postgres://u@h/db',
			clickhouseUrl: 'http://h:8123',
			port: 0,
		});
	});

	it('name the address people use, and the mail server', () => {
		const settings = readSettings({
			TOUCHSTONE_URL: 'https://cx.example',
			TOUCHSTONE_SMTP: 'smtp://mail.example:587',
			TOUCHSTONE_MAIL_FROM: 'touchstone@cx.example',
		});
		expect(settings).toMatchObject({
			url: 'https://cx.example',
			mail: { url: 'smtp://mail.example:587', from: 'touchstone@cx.example' },
		});
		expect(readSettings({ TOUCHSTONE_SMTP: 'smtp://mail.example' })).toEqual({
			wrong: expect.stringContaining('TOUCHSTONE_MAIL_FROM'),
		});
	});

	it('that are wrong are named in a sentence', () => {
		expect(readSettings({ TOUCHSTONE_PORT: 'ninety', DATABASE_URL: 'mysql://x' })).toEqual({
			wrong: expect.stringMatching(/TOUCHSTONE_PORT .*; DATABASE_URL must be a postgres:\/\/ address/),
		});
	});
});
