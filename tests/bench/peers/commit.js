// Has the technique that the address names do its work in a worker, and keeps what it says.
const technique = new URLSearchParams(location.search).get('technique');
const worker = technique === 'ours' ? new Worker('/commit_ours.js') : new Worker(`/commit_work.js?${technique}`, { type: 'module' });
worker.onmessage = ({ data }) => { globalThis.peer_result = data; };
worker.onerror = (event) => { globalThis.peer_result = { error: event.message }; };
