// The least a server of event streams can do: node's own http, the same frame to everybody, no question who may see it.
import { createServer } from 'node:http';

const streams = new Set();
let seq = 0;
const frame = () => `id: ${seq}\nevent: hint\ndata: {"seq":${seq}}\n\n`;

const server = createServer((request, answer) => {
  if (request.method === 'POST') {
    seq += 1;
    const text = frame();
    for (const stream of streams) stream.write(text);
    answer.end('{}');
    return;
  }
  answer.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  answer.write(frame());
  streams.add(answer);
  request.on('close', () => streams.delete(answer));
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
