// The bench's own program (tests/bench/commit_program.cpp) prints its result.
self.Module = { print: (line) => postMessage(JSON.parse(line)), locateFile: (name) => `/program/${name}` };
importScripts('/program/portal-bench-commit.js');
