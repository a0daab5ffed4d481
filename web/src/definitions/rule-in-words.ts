import type { ByRule, Rule, ValueRule } from '@touchstone/domain/promises/rule';
import { ruleWords } from '@touchstone/domain/promises/rule-words';
import type { Formats } from '../texts/formats.ts';
import type { Language } from '../texts/texts.ts';
import { type LengthUnit, lengthDraftOf } from './length-draft.ts';

type NameOf = (moment: string) => string;

/** A rule said in one sentence of the person's language, for people who check whether it means what was promised. */
export function ruleInWords(rule: Rule, nameOf: NameOf, language: Language, formats: Formats): string {
	return language === 'de' ? ruleInGerman(rule, nameOf, formats) : ruleWords(rule, nameOf);
}

function ruleInGerman(rule: Rule, nameOf: NameOf, formats: Formats): string {
	const said = (moment: string) => `„${nameOf(moment)}“`;
	const parts = [tested(rule, said, formats)];
	if (rule.failedBy.length > 0) parts.push(`${listed(rule.failedBy.map(said))} bricht es sofort`);
	if (rule.voidedBy.length > 0) {
		const until = rule.kind === 'value' ? '' : ' vor der Fälligkeit';
		parts.push(`${listed(rule.voidedBy.map(said))}${until} zieht es zurück`);
	}
	const sentence = parts.join('; ');
	return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function tested(rule: Rule, said: NameOf, formats: Formats): string {
	switch (rule.kind) {
		case 'by': {
			const silence = rule.ifMissing === 'broken' ? 'gilt es als gebrochen' : 'ist es unbekannt';
			return `nach ${said(rule.start)} folgt ${said(rule.end)} ${due(rule)}, sonst ${silence}`;
		}
		case 'value':
			return `bei ${said(rule.moment)} ist ${measureWords(rule.measure)} ${amount(rule, formats)}`;
		case 'never':
			return `${said(rule.event)} geschieht nicht innerhalb von ${lasting(rule.within)} nach ${said(rule.start)}`;
		case 'felt':
			return `Kundinnen und Kunden geben für ${said(rule.moment)} innerhalb von ${lasting(rule.within)} mindestens ${formats.number(rule.atLeast)} auf der Skala ${rule.scale}, ohne Antwort ist es unbekannt`;
	}
}

function due({ due }: ByRule): string {
	if ('within' in due) return `innerhalb von ${lasting(due.within)}`;
	const named = measureWords(due.property);
	return due.endOfDay
		? `bis zum Ende des Tages, den ${named} nennt (${due.zone})`
		: `bis zu dem Zeitpunkt, den ${named} nennt`;
}

function amount(rule: ValueRule, formats: Formats): string {
	const promised =
		'constant' in rule.promised
			? formats.number(rule.promised.constant)
			: `so viel wie ${measureWords(rule.promised.measure)}`;
	const comparison = { 'at-most': 'höchstens', 'at-least': 'mindestens', equal: 'genau' }[rule.comparison];
	const tolerance = rule.tolerance > 0 ? ` (± ${formats.number(rule.tolerance)})` : '';
	return `${comparison} ${promised}${tolerance}`;
}

function measureWords(measure: string): string {
	return measures[measure] ?? `die Eigenschaft ${measure.replace(/^properties\./, '')}`;
}

const measures: Readonly<Record<string, string>> = {
	durationSeconds: 'die Dauer in Sekunden',
	waitSeconds: 'die Wartezeit in Sekunden',
	revenue: 'der Umsatz',
	cost: 'die Kosten',
	reach: 'die Reichweite',
};

function lasting(duration: string): string {
	const { amount, unit } = lengthDraftOf(duration);
	const [one, many] = units[unit];
	return `${amount} ${amount === 1 ? one : many}`;
}

/** In the dative, as “innerhalb von” wants it. */
const units: Readonly<Record<LengthUnit, readonly [string, string]>> = {
	s: ['Sekunde', 'Sekunden'],
	m: ['Minute', 'Minuten'],
	h: ['Stunde', 'Stunden'],
	d: ['Tag', 'Tagen'],
	w: ['Woche', 'Wochen'],
};

function listed(items: readonly string[]): string {
	return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} oder ${items.at(-1)}`;
}
