// A relay between browser and server that sees every byte of every answer, the live stream included. The browser's own
// records lose what a worker has fetched.
import http from 'node:http';

// `heard(bytes, request, response)` gets each piece of an answer; `headers` go before those of the request. Host stays the
// browser's, which its Origin is compared with.
export async function open_relay(server, heard, headers = {}) {
  const relay = http.createServer((request, answer) => {
    const onward = http.request({ host: '127.0.0.1', port: server.port, method: request.method, path: request.url,
      headers: { ...request.headers, ...headers } }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.on('data', (bytes) => {
        heard(bytes, request, response);
        answer.write(bytes);
      });
      response.on('end', () => answer.end());
      response.on('error', () => answer.destroy());
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((ready) => relay.listen(0, '127.0.0.1', ready));
  const close = () => new Promise((closed) => {
    relay.close(closed);
    relay.closeAllConnections();
  });
  return { close, base: `http://127.0.0.1:${relay.address().port}` };
}
