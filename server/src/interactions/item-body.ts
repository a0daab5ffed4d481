import { type Receipt, receiptRefusals } from '@touchstone/domain/interactions/intake.contract';
import { nativeItemSize } from '@touchstone/domain/interactions/native';
import { because, reasonsInWords } from '@touchstone/domain/interactions/refusal-reason';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../database/store-unavailable.ts';
import { Refusal } from '../http/problems.ts';
import type { Admission } from './admission.ts';
import type { AnyRow, Intake, NotTaken, Sender, WayIn } from './intake.ts';
import { type ItemSplitter, lineSplitter, listSplitter, type RawItem } from './item-splitter.ts';
import { itemsRefused, receiptOf } from './receipt.ts';
import { bodyStream, checked, mediaTypeOf, parseJson, readWhole } from './request-body.ts';

const streamBytes = 100 * 1024 * 1024;
/** Lists up to this are read whole, so that of one that is broken nothing is taken in. */
const wholeBytes = 1024 * 1024;
/** What one stream holds in memory: the groups under way and the one being read, parsed. */
const heldBytes = 4 * 1024 * 1024;
const groupItems = 1_000;
const groupBytes = 256 * 1024;
const groupsUnderWay = 4;

export type ItemBody<Row extends AnyRow> = {
	readonly intake: Intake;
	readonly admission: Admission;
	readonly sender: Sender;
	readonly way: WayIn<Row>;
	/** `lines`: one item on each line. `list`: one JSON object, or a JSON list of them. */
	readonly form: 'lines' | 'list';
};

/** How the body of a strict interface holds its items. @throws Refusal for a media type that is not taken */
export function formOf(request: FastifyRequest, listTypes: readonly string[]): 'lines' | 'list' {
	const type = mediaTypeOf(request);
	if (lineTypes.includes(type)) return 'lines';
	if (type === '' || listTypes.includes(type)) return 'list';
	throw new Refusal(
		'media-type-unsupported',
		`${type.slice(0, 100)} was sent; ${[...listTypes, ...lineTypes].join(', ')} are taken.`,
	);
}

const lineTypes = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

/**
 * Takes in a body of items and answers the receipt. Each item is checked by itself; those that fit are durable when this
 * resolves.
 *
 * @throws Refusal when nothing of it could be taken, or the body is broken, naming what was stored before
 */
export async function takeItemBody<Row extends AnyRow>(
	request: FastifyRequest,
	reply: FastifyReply,
	body: ItemBody<Row>,
): Promise<Receipt> {
	const declared = Number(request.headers['content-length'] ?? Number.NaN);
	const small = declared <= wholeBytes && request.headers['content-encoding'] === undefined;
	if (body.form === 'list' && small) {
		body.admission.admit(request, reply, wholeBytes);
		return await takeWhole(request, body);
	}
	body.admission.admit(request, reply, heldBytes);
	if (declared > streamBytes) throw tooLarge(0);
	return await new ItemStream(body).take(request);
}

async function takeWhole<Row extends AnyRow>(
	request: FastifyRequest,
	{ intake, sender, way }: ItemBody<Row>,
): Promise<Receipt> {
	const bytes = await readWhole(request, wholeBytes, 'body-too-large');
	const value = await readOrList(intake, sender, way.route, bytes, () => parseJson(bytes));
	const items: readonly unknown[] = Array.isArray(value) ? value : [value];
	const taken = await intake.take(sender, way, items);
	if (taken.accepted === 0 && taken.refused.length > 0) {
		throw itemsRefused(taken, place => (items === value ? String(place + 1) : ''));
	}
	return receiptOf(taken, item => item.place + 1);
}

/** What `read` makes of a body; a body it cannot read is listed before the client is told. */
export async function readOrList<T>(
	intake: Intake,
	sender: Sender,
	route: string,
	bytes: Buffer,
	read: () => T,
): Promise<T> {
	try {
		return read();
	} catch (error) {
		if (error instanceof Refusal) {
			await intake.listBroken(sender, route, bytes, because('body-not-json', '', error.message));
		}
		throw error;
	}
}

/** A body that is too large to hold: cut into groups as it comes in, a few of which are stored at the same time. */
class ItemStream<Row extends AnyRow> {
	readonly #body: ItemBody<Row>;
	readonly #underWay = new Set<Promise<void>>();
	#group: RawItem[] = [];
	#groupBytes = 0;
	#accepted = 0;
	#refusedCount = 0;
	#refused: NotTaken[] = [];
	#failure: unknown;
	#inParts = false;

	constructor(body: ItemBody<Row>) {
		this.#body = body;
	}

	async take(request: FastifyRequest): Promise<Receipt> {
		const splitter =
			this.#body.form === 'lines' ? lineSplitter(nativeItemSize) : listSplitter(nativeItemSize);
		let broken: string | undefined;
		try {
			broken = await this.#read(request, splitter);
		} finally {
			await Promise.all(this.#underWay);
		}
		if (this.#failure !== undefined) throw this.#told(this.#failure);
		if (broken !== undefined) {
			const { intake, sender, way } = this.#body;
			await intake.listBroken(sender, way.route, Buffer.alloc(0), because('body-not-json', '', broken));
			throw new Refusal('body-not-json', `${broken} ${this.#accepted} items before that were stored.`);
		}
		this.#refused.sort((a, b) => a.place - b.place);
		if (this.#accepted === 0) {
			if (this.#refusedCount === 0) throw new Refusal('body-not-json', 'The body holds no item.');
			throw itemsRefused({ accepted: 0, refused: this.#refused }, String);
		}
		return {
			accepted: this.#accepted,
			refused: this.#refusedCount,
			refusals: this.#refused.slice(0, receiptRefusals).map(({ place, reasons }) => ({
				line: place,
				code: reasons[0]?.code ?? 'field-invalid',
				reason: reasonsInWords(reasons),
			})),
		};
	}

	async #read(request: FastifyRequest, splitter: ItemSplitter): Promise<string | undefined> {
		let size = 0;
		for await (const chunk of checked(bodyStream(request))) {
			size += chunk.length;
			if (size > streamBytes) throw tooLarge(this.#accepted);
			for (const item of splitter.push(chunk)) await this.#collect(item);
			if (this.#failure !== undefined) return undefined;
		}
		const end = splitter.end();
		for (const item of end.items) await this.#collect(item);
		await this.#send('last');
		return end.broken;
	}

	async #collect(item: RawItem): Promise<void> {
		this.#group.push(item);
		this.#groupBytes += item.bytes.length;
		if (this.#group.length >= groupItems || this.#groupBytes >= groupBytes) await this.#send('one of many');
	}

	/** Sends the group on its way, and waits while too many are under way: then the network waits too. */
	async #send(which: 'one of many' | 'last'): Promise<void> {
		if (this.#group.length === 0) return;
		if (which === 'one of many') this.#inParts = true;
		const group = this.#group;
		this.#group = [];
		this.#groupBytes = 0;
		const storing = this.#takeGroup(group).catch((error: unknown) => {
			this.#failure ??= error;
		});
		this.#underWay.add(storing);
		void storing.then(() => this.#underWay.delete(storing));
		if (this.#underWay.size >= groupsUnderWay) await Promise.race(this.#underWay);
	}

	async #takeGroup(group: readonly RawItem[]): Promise<void> {
		const { intake, sender, way } = this.#body;
		const items: unknown[] = [];
		const places: number[] = [];
		for (const { place, bytes } of group) {
			if (bytes === 'too-long') {
				await this.#refuseRaw(place, Buffer.alloc(0), 'too-large', 'An item may take 256 KB.');
				continue;
			}
			try {
				items.push(parseJson(bytes));
				places.push(place);
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				await this.#refuseRaw(place, bytes, 'body-not-json', error.message);
			}
		}
		const taken = await intake.take(sender, way, items, { patience: 'wait', straight: this.#inParts });
		this.#accepted += taken.accepted;
		for (const { place, reasons } of taken.refused) this.#note({ place: places[place] ?? 0, reasons });
	}

	async #refuseRaw(
		place: number,
		bytes: Buffer,
		code: 'too-large' | 'body-not-json',
		words: string,
	): Promise<void> {
		const reason = because(code, '', words);
		await this.#body.intake.listBroken(this.#body.sender, this.#body.way.route, bytes, reason);
		this.#note({ place, reasons: [reason] });
	}

	/** Counts every refusal and keeps the first. Groups may end out of order, so a few more than are shown are kept. */
	#note(item: NotTaken): void {
		this.#refusedCount += 1;
		if (this.#refused.length < receiptRefusals * 2) this.#refused.push(item);
	}

	#told(failure: unknown): unknown {
		if (!(failure instanceof StoreUnavailable)) return failure;
		return new Refusal(
			'store-unavailable',
			`${this.#accepted} items were stored before that; sending all of them again counts none twice.`,
			{ headers: { 'retry-after': String(failure.retryAfterSeconds), connection: 'close' } },
		);
	}
}

function tooLarge(accepted: number): Refusal {
	return new Refusal('body-too-large', `The limit is 100 MB. ${accepted} items before it were stored.`, {
		headers: { connection: 'close' },
	});
}
