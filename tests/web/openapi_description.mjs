// server-stub/openapi.yaml as something to hold answers against: every status, header, content type and body.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const part = createRequire(join(root, 'web/package.json'));
const { parse } = part('yaml');
const Ajv = part('ajv/dist/2020.js').default;
const add_formats = part('ajv-formats').default;
const { createConfig, lintFromString } = part('@redocly/openapi-core');

export const file = join(root, 'server-stub/openapi.yaml');
const methods = ['get', 'put', 'post', 'patch', 'delete'];

// Beside what the description says of each answer; "" is any value.
const headers_of_every_answer = {
  'content-security-policy': "default-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-request-id': '',
};

const pointer_part = (text) => text.replaceAll('~', '~0').replaceAll('/', '~1');

export async function lint() {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lintFromString({ source: readFileSync(file, 'utf8'), absoluteRef: file, config });
  return problems.map((problem) => `${problem.severity} ${problem.ruleId}: ${problem.message} (${problem.location[0]?.pointer ?? ''})`);
}

export class Description {
  constructor() {
    this.document = parse(readFileSync(file, 'utf8'));
    this.ajv = new Ajv({ strict: false, allErrors: true, discriminator: true });
    add_formats(this.ajv);
    this.ajv.addSchema(this.document, 'description');
    this.operations = Object.entries(this.document.paths).flatMap(([path, item]) =>
      methods.filter((method) => item[method]).map((method) => this.operation(path, method)));
  }

  operation(path, method) {
    const pointer = `#/paths/${pointer_part(path)}/${method}`;
    const says = this.at(pointer);
    const body = says.requestBody?.content['application/json'];
    return {
      name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, pointer, access: says['x-access'],
      takes_marker: (says.parameters ?? []).some((parameter) => parameter.$ref === '#/components/parameters/Marker'),
      body: body && this.resolved(`${pointer}/requestBody/content/application~1json/schema`), statuses: Object.keys(says.responses),
    };
  }

  at(pointer) {
    return pointer.slice(2).split('/').reduce((value, name) => value[name.replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
  }

  // Follows references at this place: { pointer, value }.
  resolved(pointer) {
    let place = pointer;
    while (this.at(place).$ref) place = this.at(place).$ref;
    return { pointer: place, value: this.at(place) };
  }

  problems_of_value(pointer, value) {
    const validate = this.ajv.getSchema(`description${pointer}`) ?? this.ajv.compile({ $ref: `description${pointer}` });
    return validate(value) ? [] : validate.errors.slice(0, 4).map((error) => `${error.instancePath || '/'} ${error.message}`);
  }

  // What is said of a status: its own entry, or that of its class.
  response(operation, status) {
    const key = [String(status), `${String(status)[0]}XX`].find((name) => operation.statuses.includes(name));
    return key ? { key, ...this.resolved(`${operation.pointer}/responses/${key}`) } : null;
  }

  // Sentences about everything in which this answer differs from its description.
  problems(operation, answer) {
    const said = this.response(operation, answer.status);
    if (!said) return [`status ${answer.status} is not described`];
    const problems = [];
    for (const [name, value] of Object.entries(headers_of_every_answer))
      if (!answer.headers[name]?.startsWith(value)) problems.push(`header ${name} is ${answer.headers[name]}`);
    for (const [name, header] of Object.entries(said.value.headers ?? {})) {
      const value = [answer.headers[name.toLowerCase()]].flat()[0];
      if (value === undefined) {
        if (header.required) problems.push(`header ${name} is missing`);
        continue;
      }
      problems.push(...this.problems_of_value(`${said.pointer}/headers/${pointer_part(name)}/schema`, value).map((text) => `header ${name}: ${text}`));
    }
    return [...problems, ...this.problems_of_body(said, answer)];
  }

  problems_of_body(said, answer) {
    const type = (answer.headers['content-type'] ?? '').split(';')[0];
    const content = said.value.content;
    if (!content) return answer.text || type ? [`a body of ${type} where none is described: ${answer.text.slice(0, 100)}`] : [];
    if (!content[type]) return [`content type '${type}', described are ${Object.keys(content)}`];
    const schema = `${said.pointer}/content/${pointer_part(type)}/schema`;
    if (type === 'application/json') {
      if (answer.json === null) return [`not JSON: ${answer.text.slice(0, 100)}`];
      return this.problems_of_value(schema, answer.json).map((text) => `body: ${text}`);
    }
    if (type !== 'application/x-ndjson') return this.problems_of_value(schema, answer.text).map((text) => `body: ${text}`);
    if (!answer.text.endsWith('\n')) return ['the last line has no end'];
    return answer.text.slice(0, -1).split('\n').flatMap((line, index) =>
      this.problems_of_value(schema, JSON.parse(line)).map((text) => `line ${index + 1} ${line.slice(0, 80)}: ${text}`));
  }
}
