/**
 * Reads just enough of a statement's text to run it safely: what kind it is, whether something is hidden behind a `;`,
 * which output format it names, and whether it is an insert whose rows follow. Strings, quoted names, comments and
 * heredocs are skipped, so that their content decides nothing.
 */
export type StatementText = {
	/** The leading keyword in capitals: SELECT, WITH, INSERT, CREATE … Empty when the text has none. */
	readonly verb: string;
	/** True when a second statement follows; an HTTP request may hold only one. */
	readonly hasSecond: boolean;
	/** The format the text itself names, as written. */
	readonly format: string | undefined;
	/** For an insert that takes rows in a format: where its rows begin in the text (at or behind its end: none inline). */
	readonly rowsFrom: number | undefined;
	/** Insert from `input(…)`: the embedded engine answers "done" and stores nothing, so it must be refused. */
	readonly readsInput: boolean;
	/** A `KILL …` that waits (`SYNC`) never returns in the embedded engine. */
	readonly waitsForKill: boolean;
};

/** Reads `sql` as one HTTP request's statement. */
export function readStatementText(sql: string): StatementText {
	const words: Word[] = [];
	let hasSecond = false;
	let rowsFrom: number | undefined;
	let format: string | undefined;
	let at = 0;
	while (at < sql.length) {
		const next = skipUnread(sql, at);
		if (next > at) {
			at = next;
			continue;
		}
		if (sql[at] === ';') {
			hasSecond = skipBlank(sql, at + 1) < sql.length;
			break;
		}
		const word = wordAt(sql, at);
		if (word === undefined) {
			at++;
			continue;
		}
		words.push(word);
		at = word.end;
		const before = words.at(-2);
		if (before?.text !== 'FORMAT' || skipBlank(sql, before.end) !== word.start) continue;
		if (words[0]?.text === 'INSERT' && !words.some(other => other.text === 'SELECT')) {
			format = word.raw;
			rowsFrom = word.end;
			break;
		}
		if (closesStatement(sql, word)) format = word.raw;
	}
	const verb = words[0]?.text ?? '';
	return {
		verb,
		hasSecond,
		format,
		rowsFrom,
		readsInput:
			verb === 'INSERT' && words.some(word => word.text === 'INPUT' && followedByParenthesis(sql, word)),
		waitsForKill: verb === 'KILL' && words.at(-1)?.text === 'SYNC',
	};
}

const readVerbs = new Set([
	'SELECT',
	'FROM',
	'WITH',
	'SHOW',
	'DESCRIBE',
	'DESC',
	'EXISTS',
	'EXPLAIN',
	'CHECK',
	'',
]);

/** Statements that change nothing; they may be run side by side with writes in lanes of their own. */
export function onlyReads(statement: StatementText): boolean {
	return readVerbs.has(statement.verb);
}

type Word = { readonly raw: string; readonly text: string; readonly start: number; readonly end: number };

const wordPattern = /[A-Za-z_][A-Za-z0-9_]*/y;

function wordAt(sql: string, at: number): Word | undefined {
	wordPattern.lastIndex = at;
	const match = wordPattern.exec(sql);
	if (match === null) return undefined;
	return { raw: match[0], text: match[0].toUpperCase(), start: at, end: at + match[0].length };
}

/** A column may be called `format` too; only a format with nothing but settings behind it is the clause. */
function closesStatement(sql: string, word: Word): boolean {
	const next = skipBlank(sql, word.end);
	return next >= sql.length || sql[next] === ';' || wordAt(sql, next)?.text === 'SETTINGS';
}

function followedByParenthesis(sql: string, word: Word): boolean {
	return sql[skipBlank(sql, word.end)] === '(';
}

/** Where the reading goes on behind a string, quoted name, number, comment or blank at `at`; `at` itself if none is there. */
function skipUnread(sql: string, at: number): number {
	const char = sql[at] ?? '';
	if (char === "'" || char === '"' || char === '`') return skipQuoted(sql, at, char);
	const blank = skipBlank(sql, at);
	if (blank > at) return blank;
	if (char === '$') return skipHeredoc(sql, at);
	if (char >= '0' && char <= '9') return skipNumber(sql, at);
	return at;
}

function skipQuoted(sql: string, at: number, quote: string): number {
	let index = at + 1;
	while (index < sql.length) {
		const char = sql[index];
		if (char === '\\') index += 2;
		else if (char === quote) return index + 1;
		else index++;
	}
	return sql.length;
}

const blankPattern = /(?:\s+|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y;

function skipBlank(sql: string, at: number): number {
	blankPattern.lastIndex = at;
	return at + (blankPattern.exec(sql)?.[0].length ?? 0);
}

const heredocPattern = /\$\w*\$/y;

function skipHeredoc(sql: string, at: number): number {
	heredocPattern.lastIndex = at;
	const tag = heredocPattern.exec(sql)?.[0];
	if (tag === undefined) return at + 1;
	const end = sql.indexOf(tag, at + tag.length);
	return end < 0 ? sql.length : end + tag.length;
}

const numberPattern = /[0-9][0-9A-Za-z_.]*/y;

function skipNumber(sql: string, at: number): number {
	numberPattern.lastIndex = at;
	return at + (numberPattern.exec(sql)?.[0].length ?? 1);
}
