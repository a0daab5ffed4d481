import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const mapping = `import: 1
defaults: { format: yyyy-MM-dd HH:mm:ss, zone: America/Sao_Paulo }
files: { visits: {}, customers: {} }
rows:
  - from: visits
    join:
      buyer: { file: customers, on: { id: '{customer}' }, required: true }
    interactions:
      - event: '{event}'
        id: visit:{visit}
        time: '{at}'
        customer: '{buyer.person}'
        unit: '{buyer.state}'
        subject: '{errand}'
        channel: web
        revenue: { column: paid, decimal: ',' }
        properties: { page: '{page}', seconds: { column: seconds, as: integer } }
`;

/** Writes a mapping and its files: so many rows of visits, each joined to one of a tenth as many customers. Always the same. */
export async function writeImportFiles(
	folder: string,
	rows: number,
): Promise<{ mapping: string; bytes: number }> {
	const customers = Math.max(1, Math.floor(rows / 10));
	await lines(join(folder, 'customers.csv'), customers, 'id,person,state,city', index => {
		const person = scattered(index).toString(16).padStart(32, 'c');
		return `c${index},${person},S${index % 27},"São Somewhere, ${index % 977}"`;
	});
	const bytes = await lines(
		join(folder, 'visits.csv'),
		rows,
		'visit,customer,event,at,errand,paid,page,seconds',
		index => {
			const at = new Date(1_500_000_000_000 + (index % 50_000_000) * 1000).toISOString();
			const customer = scattered(index) % customers;
			return `${index},c${customer},Event ${index % 20},${at.slice(0, 10)} ${at.slice(11, 19)},e${Math.floor(index / 5)},"${index % 1000},50",/page/${index % 300},${index % 600}`;
		},
	);
	const path = join(folder, 'mapping.yaml');
	await writeFile(path, mapping);
	return { mapping: path, bytes };
}

async function lines(
	path: string,
	count: number,
	header: string,
	line: (index: number) => string,
): Promise<number> {
	const file = createWriteStream(path);
	let text = `${header}\n`;
	for (let index = 0; index < count; index += 1) {
		text += `${line(index)}\n`;
		if (text.length < 1 << 20) continue;
		if (!file.write(text)) await once(file, 'drain');
		text = '';
	}
	await new Promise<void>(resolve => {
		file.end(text, () => resolve());
	});
	return file.bytesWritten;
}

/** Spreads neighbours far apart, the same way every time. */
function scattered(index: number): number {
	return Math.imul(index, 2_654_435_761) >>> 0;
}
