// RxDB on IndexedDB by Dexie pulls every document by its own replication, as its documentation has it. The address says how
// many pages there are. Bundled for the bench by esbuild, because it comes as hundreds of modules.
import { addRxPlugin, createRxDatabase } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { RxDBQueryBuilderPlugin } from 'rxdb/plugins/query-builder';

addRxPlugin(RxDBQueryBuilderPlugin);

const fetch_json = async (path) => (await fetch(path, { cache: 'no-store' })).json();

async function load() {
  const query = new URLSearchParams(location.search);
  const pages = Number(query.get('pages'));
  const [schema, batch_size] = [await fetch_json('/schema.json'), Number(query.get('batch'))];
  const database = await createRxDatabase({ name: 'bench', storage: getRxStorageDexie(), multiInstance: false });
  const { tickets } = await database.addCollections({ tickets: { schema } });
  const start_ms = performance.now();
  const replication = replicateRxCollection({
    collection: tickets, replicationIdentifier: 'bench', live: false,
    pull: {
      batchSize: batch_size,
      handler: async (checkpoint) => {
        const page = checkpoint?.page ?? 0;
        if (page === pages) return { documents: [], checkpoint };
        return { documents: await fetch_json(`/page-${page}.json`), checkpoint: { page: page + 1 } };
      },
    },
  });
  replication.error$.subscribe((error) => { globalThis.peer_result ??= { error: `${error?.message}` }; });
  await replication.awaitInitialReplication();
  const load_ms = performance.now() - start_ms;
  const rows = await tickets.count().exec();
  const last = await tickets.findOne({ sort: [{ id: 'desc' }] }).exec();
  await database.close();
  return { rows, load_ms, last: last?.toJSON() };
}

load().then((result) => { globalThis.peer_result ??= result; }, (error) => { globalThis.peer_result ??= { error: `${error?.name}: ${error?.message}` }; });
