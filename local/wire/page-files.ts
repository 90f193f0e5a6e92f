import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { WireResponse } from '../service/http-message.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A file of the page. Undefined: the path is not one of them. */
export function readPageFile(folder: string | undefined, path: string): WireResponse | undefined {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = types[extname(name)];
  if (type === undefined || !/^[\w-][\w.-]*$/.test(name)) return undefined;
  const file = folder === undefined ? undefined : join(folder, name);
  if (file !== undefined && existsSync(file)) {
    return { status: 200, headers: { 'content-type': type }, body: readFileSync(file) };
  }
  return path === '/' ? { status: 200, headers: { 'content-type': types['.html'] ?? '' }, body: index } : undefined;
}

const links = ['pipelines', 'runs', 'schedules', 'waiting', 'datasets', 'queues', 'dead-letters', 'openapi.json'];

/** Shown until the page has been built. It links to the JSON. */
const index = new TextEncoder().encode(
  `<!doctype html><meta charset="utf-8"><title>Gluewright</title><h1>Gluewright</h1><ul>${links
    .map((link) => `<li><a href="/${link}">${link}</a>`)
    .join('')}</ul>`,
);
