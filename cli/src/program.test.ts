import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildProgram } from './program.ts';

const program = buildProgram({
	out: () => undefined,
	note: () => undefined,
	environment: {},
	folder: '.',
	input: async () => '',
	columns: undefined,
	signal: new AbortController().signal,
	exitWith: () => undefined,
});
const documentation = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8');

/** Every command as it is written, with its own options. */
function commandsOf(command: Command, words: readonly string[] = []): Map<string, string[]> {
	const path = [...words, command.name()];
	if (command.commands.length > 0) {
		return new Map(command.commands.flatMap(child => [...commandsOf(child, path)]));
	}
	const places = command.registeredArguments.map(argument => {
		const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
		return argument.required ? `<${name}>` : `[${name}]`;
	});
	return new Map([[[...path, ...places].join(' '), flagsOf(command)]]);
}

function flagsOf(command: Command): string[] {
	return command.options.map(option => option.flags).sort();
}

/** The commands that the documentation has a section of, with the options it lists there. */
function documented(): Map<string, string[]> {
	const sections = documentation.split(/^### /m).slice(1);
	return new Map(
		sections.map(section => [
			/^`([^`]+)`/.exec(section)?.[1] ?? section.slice(0, 40),
			listedOptions(section),
		]),
	);
}

function listedOptions(text: string): string[] {
	return [...text.matchAll(/^\| `(--[^`]+)` \|/gm)].map(match => match[1] ?? '').sort();
}

describe('docs/cli.md', () => {
	test('documents every command with every option, and none that does not exist', () => {
		expect(Object.fromEntries(documented())).toEqual(Object.fromEntries(commandsOf(program)));
	});

	test('documents the options that all commands have', () => {
		const beforeCommands = documentation.slice(0, documentation.indexOf('### '));
		expect(listedOptions(beforeCommands)).toEqual(flagsOf(program));
	});

	test('names every scope and format there is', () => {
		for (const [command, flag] of [
			[['keys', 'create'], '--scope'],
			[['report'], '--format'],
		] as const) {
			const found = command.reduce<Command | undefined>(
				(at, name) => at?.commands.find(child => child.name() === name),
				program,
			);
			const choices = found?.options.find(option => option.long === flag)?.argChoices ?? [];
			expect(choices.length).toBeGreaterThan(0);
			for (const choice of choices) expect(documentation).toContain(`\`${choice}\``);
		}
	});
});

describe('every command', () => {
	test('says in one line what it is for', () => {
		const silent: string[] = [];
		const look = (command: Command) => {
			for (const child of command.commands) {
				if (!child.summary()) silent.push(child.name());
				look(child);
			}
		};
		look(program);
		expect(silent).toEqual([]);
	});
});
