// The server's program as its operator meets it: commands, one process, and a client that says exactly what it is told.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until as until_seen } from '../web/checks.mjs';
import { password, program, Server } from '../web/server.mjs';

export { password, program, Server };

const command_ms_max = 60_000;
const wait_ms_max = 20_000;

// Runs a command to its end: { code, out, err }. A code is an answer here, not an exception.
export function command(...words) {
  return new Promise((done) => {
    execFile(program, words, { timeout: command_ms_max, maxBuffer: 16 << 20 }, (error, out, err) => {
      done({ code: error ? error.code ?? error.signal : 0, out, err });
    });
  });
}

// One of this folder's C files, made into a library in that folder to be loaded before the server's own.
export function build_preload(name, folder) {
  const library = join(folder, `${name}.so`);
  execFileSync('clang-19', ['-O1', '-shared', '-fPIC', '-o', library, fileURLToPath(new URL(`${name}.c`, import.meta.url)), '-ldl', '-lpthread']);
  return library;
}

export const new_folder = () => mkdtempSync(join(tmpdir(), 'portal-server-'));

// checks.mjs's, patient for as long as a command takes and quick to see.
export const until = (what, question) => until_seen(question, what, wait_ms_max, 25);

// One browser's worth of cookies over connections of its own.
export class Client {
  constructor(server, { ca } = {}) {
    this.server = server;
    this.cookie = '';
    const secure = server.scheme === 'https';
    this.module = secure ? https : http;
    this.agent = new this.module.Agent({ keepAlive: true, ca, servername: secure ? 'localhost' : undefined });
  }

  // { status, headers, text, json }; `headers` of the request may be overridden with undefined to leave one out.
  request(method, path, body, headers = {}) {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const fields = { 'X-Portal-Request': '1', Origin: this.server.base, ...(this.cookie && { Cookie: this.cookie }),
      ...(text !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }), ...headers };
    for (const [name, value] of Object.entries(fields)) if (value === undefined) delete fields[name];
    return new Promise((done, fail) => {
      const sent = this.module.request({ host: '127.0.0.1', port: this.server.port, method, path, headers: fields, agent: this.agent },
        (answer) => {
          const pieces = [];
          answer.on('data', (bytes) => pieces.push(bytes));
          answer.on('error', fail);
          answer.on('end', () => {
            this.keep_cookies(answer.headers['set-cookie'] ?? []);
            done(answer_of(answer, Buffer.concat(pieces).toString('utf8')));
          });
        });
      sent.on('error', fail);
      sent.end(text);
    });
  }

  keep_cookies(lines) {
    for (const line of lines) {
      const [pair] = line.split(';');
      this.cookie = /Max-Age=0(;|$)/.test(line) ? '' : pair;
    }
  }

  get(path, headers) { return this.request('GET', path, undefined, headers); }
  post(path, body, headers) { return this.request('POST', path, body, headers); }
  sign_in(person, words = password) { return this.post('/api/v1/session', { email: person.email ?? person, password: words }); }
  redeem(token, words = password) { return this.post('/api/v1/password/redeem', { token, password: words }); }

  // An open event stream: `text` grows; `ended` becomes true when the server has ended it.
  live(path = '/api/v1/live') {
    return new Promise((done, fail) => {
      const sent = this.module.request({ host: '127.0.0.1', port: this.server.port, path, agent: false,
        ...(this.module === https && { ca: this.agent.options.ca, servername: 'localhost' }),
        headers: { Accept: 'text/event-stream', Cookie: this.cookie } }, (answer) => {
        const stream = { status: answer.statusCode, headers: answer.headers, text: '', ended: false, close: () => sent.destroy() };
        answer.on('data', (bytes) => { stream.text += bytes; });
        for (const event of ['end', 'close', 'error']) answer.on(event, () => { stream.ended = true; });
        done(stream);
      });
      sent.on('error', fail);
      sent.end();
    });
  }

  close() { this.agent.destroy(); }
}

function answer_of(answer, text) {
  let json = null;
  try { json = JSON.parse(text); } catch { /* Not every answer is JSON. */ }
  return { status: answer.statusCode, headers: answer.headers, text, json };
}

// The token of the one-time link that a command printed.
export function token_of(output) {
  const token = output.match(/#(?:invite|reset)=([\w-]+)/)?.[1];
  if (!token) throw new Error(`no link in: ${output}`);
  return token;
}
