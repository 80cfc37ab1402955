// Asks the worker to load every page of rows; the address says how many there are and which days to sum.
const query = new URLSearchParams(location.search);
const worker = new Worker('/sqlite_worker.js', { type: 'module' });
worker.onmessage = ({ data }) => { globalThis.peer_result = { ...data, ready_ms: performance.now() }; };
worker.onerror = (event) => { globalThis.peer_result = { error: event.message }; };
worker.postMessage({ work: 'load', pages: Number(query.get('pages')), from: query.get('from'), until: query.get('until') });
