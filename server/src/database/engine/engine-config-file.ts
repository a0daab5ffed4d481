import { writeFile } from 'node:fs/promises';

export type EngineLimits = {
	/** What the engine's own bookkeeping may hold before a statement is refused, in bytes. */
	readonly memoryBytes: number;
	/** `two-shards` splits every distributed table over two stand-ins for a cluster inside this one process. */
	readonly shards: 'one' | 'two';
};

/**
 * Writes the engine's server configuration. The caches a server would size by the gigabyte are kept small: the product
 * runs beside the engine on the same machine, and the operating system caches the files anyway.
 */
export async function writeEngineConfig(file: string, limits: EngineLimits): Promise<void> {
	await writeFile(file, engineConfig(limits));
}

function engineConfig({ memoryBytes, shards }: EngineLimits): string {
	return `<clickhouse>
	<max_server_memory_usage>${memoryBytes}</max_server_memory_usage>
	<mark_cache_size>67108864</mark_cache_size>
	<index_mark_cache_size>8388608</index_mark_cache_size>
	<uncompressed_cache_size>0</uncompressed_cache_size>
	<index_uncompressed_cache_size>0</index_uncompressed_cache_size>
	<primary_index_cache_size>67108864</primary_index_cache_size>
	<query_cache><max_size_in_bytes>0</max_size_in_bytes></query_cache>
	<vector_similarity_index_cache_size>0</vector_similarity_index_cache_size>
	<compiled_expression_cache_size>16777216</compiled_expression_cache_size>
	<background_pool_size>2</background_pool_size>
	<background_merges_mutations_concurrency_ratio>2</background_merges_mutations_concurrency_ratio>
${shards === 'two' ? twoShards : ''}</clickhouse>
`;
}

/** The port is never opened; naming it is what makes the engine see both shards as itself. */
const twoShards = `	<tcp_port>9000</tcp_port>
	<remote_servers>
		<two_shards>
			<shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard>
			<shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard>
		</two_shards>
	</remote_servers>
`;
