import { type MetricId, type MetricWords, metrics } from '@touchstone/domain/metrics/metric';
import { metrics as german } from './de/metrics.ts';
import type { Language } from './texts.ts';

const inLanguage: Readonly<Record<Language, Readonly<Record<MetricId, MetricWords>>>> = {
	en: metrics,
	de: german,
};

/** What a metric says about itself, in a language; undefined for a metric this dashboard does not know yet. */
export function metricWords(metric: string, language: Language): MetricWords | undefined {
	return new Map<string, MetricWords>(Object.entries(inLanguage[language])).get(metric);
}
