// WebKitGTK's small browser by W3C WebDriver. Its page lies in memory only: no file of it outlives the session.
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { named_in_page, until } from './browser.mjs';

const element_key = 'element-6066-11e4-a52e-4f735466cecf';
const keys = { Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004' };

function free_port() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function mini_browser() {
  for (const library of readdirSync('/usr/lib', { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    for (const name of readdirSync(`/usr/lib/${library.name}`).filter((entry) => /^webkit2?gtk-/.test(entry)))
      if (readdirSync(`/usr/lib/${library.name}/${name}`).includes('MiniBrowser')) return `/usr/lib/${library.name}/${name}/MiniBrowser`;
  throw new Error('there is no MiniBrowser');
}

export async function open_webkit() {
  const port = await free_port();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore' });
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' },
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error} ${String(value?.message).slice(0, 300)}`);
    return value;
  };
  const end_driver = () => { driver.kill('SIGTERM'); };
  try {
    await until(() => ask('GET', '/status').catch(() => null), () => 'an answer of WebKitWebDriver', 10_000);
    const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch: {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: process.env.PORTAL_MINIBROWSER ?? mini_browser(), args: ['--automation'] },
    } } });
    const session = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
    const evaluate = (action, ...values) => session('POST', '/execute/sync', { script: `return (${action})(...arguments)`, args: values });
    await session('POST', '/window/rect', { width: 1300, height: 900 });
    return {
      problems: [],
      evaluate,
      // The driver may answer for the empty page that it began with.
      go: async (address) => {
        await session('POST', '/url', { url: address });
        await until(() => evaluate((wanted) => location.href.startsWith(wanted) && document.readyState === 'complete', address), () => `${address} loaded`);
      },
      reload: () => session('POST', '/refresh', {}),
      // What the engine itself computes for role and name.
      handles: async (role, name) => {
        const found = await evaluate(named_in_page, role, name);
        const handles = [];
        for (const one of found) {
          const id = one[element_key];
          const [is_role, label] = [await session('GET', `/element/${id}/computedrole`), await session('GET', `/element/${id}/computedlabel`)];
          if (is_role === role && label.replace(/\s+/g, ' ').trim() === name) handles.push(id);
        }
        return handles;
      },
      click: (id) => session('POST', `/element/${id}/click`, {}),
      type: (id, text) => session('POST', `/element/${id}/value`, { text }),
      fill_field: async (selector, text) => {
        const field = await session('POST', '/element', { using: 'css selector', value: selector });
        await session('POST', `/element/${field[element_key]}/value`, { text });
      },
      press: (key) => session('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions: [
        { type: 'keyDown', value: keys[key] ?? key }, { type: 'keyUp', value: keys[key] ?? key }] }] }),
      screenshot: async (path) => writeFileSync(path, Buffer.from(await session('GET', '/screenshot'), 'base64')),
      close: async () => {
        await session('DELETE', '').catch(() => {});
        end_driver();
      },
    };
  } catch (error) {
    end_driver();
    throw error;
  }
}
