import type { MomentId } from '../owners/ids.ts';
import { durationSeconds, secondsInWords } from '../units/duration.ts';
import type { ByRule, Rule, ValueRule } from './rule.ts';

/**
 * A rule said in one English sentence, for people who check whether it means what was promised.
 * @param nameOf how people call a moment; its id, if nothing better is known
 */
export function ruleWords(rule: Rule, nameOf: (moment: MomentId) => string = moment => moment): string {
	const said = (moment: MomentId) => `“${nameOf(moment)}”`;
	const parts = [tested(rule, said)];
	if (rule.failedBy.length > 0) parts.push(`${listed(rule.failedBy.map(said), 'or')} breaks it at once`);
	if (rule.voidedBy.length > 0) {
		const until = rule.kind === 'value' ? '' : ' before it is due';
		parts.push(`${listed(rule.voidedBy.map(said), 'or')}${until} withdraws it`);
	}
	const sentence = parts.join('; ');
	return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function tested(rule: Rule, said: (moment: MomentId) => string): string {
	switch (rule.kind) {
		case 'by': {
			const silence = rule.ifMissing === 'broken' ? 'it is broken' : 'we do not know';
			return `after ${said(rule.start)}, ${said(rule.end)} follows ${due(rule)}, otherwise ${silence}`;
		}
		case 'value':
			return `at ${said(rule.moment)}, ${measureWords(rule.measure)} is ${amount(rule)}`;
		case 'never':
			return `${said(rule.event)} does not happen within ${lasting(rule.within)} of ${said(rule.start)}`;
		case 'felt':
			return `customers give ${said(rule.moment)} at least ${rule.atLeast} on the scale ${rule.scale} within ${lasting(rule.within)}, without an answer we do not know`;
	}
}

function due({ due }: ByRule): string {
	if ('within' in due) return `within ${lasting(due.within)}`;
	const named = `named in ${measureWords(due.property)}`;
	return due.endOfDay ? `before the day ${named} ends (${due.zone})` : `by the time ${named}`;
}

function amount(rule: ValueRule): string {
	const promised =
		'constant' in rule.promised ? String(rule.promised.constant) : measureWords(rule.promised.measure);
	const comparison = { 'at-most': 'at most', 'at-least': 'at least', equal: 'equal to' }[rule.comparison];
	return `${comparison} ${promised}${rule.tolerance > 0 ? ` (give or take ${rule.tolerance})` : ''}`;
}

function measureWords(measure: string): string {
	if (measure === 'durationSeconds') return 'the duration in seconds';
	if (measure === 'waitSeconds') return 'the wait in seconds';
	if (measure === 'revenue' || measure === 'cost' || measure === 'reach') return `the ${measure}`;
	return `the property ${measure.replace(/^properties\./, '')}`;
}

function lasting(duration: string): string {
	return secondsInWords(durationSeconds(duration));
}

function listed(items: readonly string[], word: 'and' | 'or'): string {
	return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}
