import type { QueryParam } from '../database/columns-door.ts';

/** Collects the values a statement is bound to and hands out their `{name:Type}` places in the text; equal values share one. */
export class BoundValues {
	readonly params: Record<string, QueryParam> = {};
	readonly #places = new Map<string, string>();

	text(value: string): string {
		return this.#place(value, 'String');
	}

	texts(values: readonly string[]): string {
		return this.#place([...values], 'Array(String)');
	}

	count(value: number): string {
		return this.#place(value, 'UInt32');
	}

	counts(values: readonly number[]): string {
		return this.#place([...values], 'Array(UInt32)');
	}

	number(value: number): string {
		return this.#place(value, 'Float64');
	}

	numbers(values: readonly number[]): string {
		return this.#place([...values], 'Array(Float64)');
	}

	time(value: Date): string {
		return `fromUnixTimestamp64Milli(${this.#place(value.getTime(), 'Int64')}, 'UTC')`;
	}

	/** `properties.a.b` as the bound arguments 'a', 'b' of a JSON function. */
	path(measureName: string): string {
		return measureName
			.split('.')
			.slice(1)
			.map(part => this.text(part))
			.join(', ');
	}

	#place(value: QueryParam, type: string): string {
		const key = JSON.stringify([type, value]);
		const known = this.#places.get(key);
		if (known !== undefined) return known;
		const name = `v${this.#places.size}`;
		const place = `{${name}:${type}}`;
		this.params[name] = value;
		this.#places.set(key, place);
		return place;
	}
}
