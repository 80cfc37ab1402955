// The engine's own program (tests/bench/facts_program.cpp) in a worker: what is asked is the name of one of its functions
// and lists of numbers, and the time is taken here, without the way of a message.
const told = ({ name, calls, text }) => {
  const started = performance.now();
  let last;
  for (const numbers of calls) last = Module[`_facts_${name}`](...numbers);
  const ms = performance.now() - started;
  return { ms, value: text ? Module.UTF8ToString(last) : last };
};

const columns_of = (count) => [Uint16Array, Uint16Array, Uint16Array, Uint32Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  .map((type, index) => new type(Module.HEAPU8.buffer, Module._facts_column(index), count).slice());

self.Module = {
  locateFile: (name) => `/program/${name}`,
  onRuntimeInitialized: () => {
    onmessage = ({ data }) => postMessage(data.columns ? columns_of(data.columns) : told(data));
    postMessage('ready');
  },
};
importScripts('/program/portal-bench-facts.js');
