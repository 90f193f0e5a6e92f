import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { readPipelineValue } from '../../../shared/pipeline/read-pipeline.ts';
import { openCountingProxy } from '../counting-proxy.ts';

const root = mkdtempSync(path.join(tmpdir(), 'gluewright-work-account-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const proxy = await openCountingProxy();
afterAll(proxy.close);

const account = { AWS_ACCESS_KEY_ID: 'AKIAPROD', AWS_SECRET_ACCESS_KEY: 'secret', AWS_PROFILE: 'prod' };

/** Sends requests to AWS and to another host with each client that a Node program may use. */
const look = `
import https from 'node:https';
import { Agent } from 'node:https';
const settings = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')));
const fetched = (url) => fetch(url).then(({ status }) => status, ({ message, cause }) => cause?.message ?? message);
// The SDK sends requests like this.
const asked = (url) => new Promise((resolve) => {
  const request = https.get(url, { agent: new Agent({ keepAlive: true }), timeout: 5000 }, (response) => resolve(response.statusCode));
  request.on('error', (error) => resolve(error.message));
});
const answers = async () => ({
  settings,
  fetch: await fetched('https://s3.amazonaws.com/'),
  elsewhere: await fetched('https://example.test/'),
  agent: process.argv[2] === 'command' ? 'not asked' : await asked('https://sts.amazonaws.com/'),
});
export const handler = answers;
if (process.argv[2] === 'command') { console.log(JSON.stringify(await answers())); process.exit(1); }`;

const python = `
import os, urllib.request
def ask(url):
    try:
        return urllib.request.urlopen(url, timeout=5).status
    except Exception as error:
        return str(error)
def handler(event, context):
    settings = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    return {"settings": settings, "fetch": ask("https://s3.amazonaws.com/"), "elsewhere": ask("https://example.test/")}
`;

test('functions and commands reach neither the shell’s account nor AWS', async () => {
  writeFileSync(path.join(root, 'look.mjs'), look);
  mkdirSync(path.join(root, 'python'));
  writeFileSync(path.join(root, 'python/look.py'), python);
  const command = [process.execPath, 'look.mjs', 'command'];
  const { pipeline, problems } = readPipelineValue(
    {
      pipeline: 'one',
      tasks: {
        node: { lambda: 'node', local: { handler: 'look.handler' } },
        python: { lambda: 'python', local: { handler: 'python/look.handler' } },
        command: { crawler: 'raw', local: { command } },
      },
    },
    'one.yml',
  );
  if (pipeline === undefined) throw new Error(JSON.stringify(problems));
  const runtime = await openRuntime({
    home: path.join(root, '.gluewright'),
    root,
    clock: createRealClock(),
    pipelines: [pipeline],
    jobs: {},
    env: { PATH: process.env.PATH, ...account, HTTPS_PROXY: proxy.url, NO_PROXY: 'amazonaws.com' },
  });
  try {
    const { output: fromNode } = await runtime.works.runToEnd('lambda', 'node', {}, 'a');
    const { output: fromPython } = await runtime.works.runToEnd('lambda', 'python', {}, 'b');
    const { message } = await runtime.works.runToEnd('crawler', 'raw', {}, 'c');
    for (const text of [JSON.stringify(fromNode), JSON.stringify(fromPython), message]) {
      expect(text).toMatch(/"AWS_ENDPOINT_URL":"http:\/\/127\.0\.0\.1:\d+"/);
      expect(text).toMatch(/"AWS_ACCESS_KEY_ID":"LOCAL/);
      expect(text).not.toMatch(/AKIAPROD|secret|prod/);
      // Requests without an answer have a message instead of a status.
      expect(text).toMatch(/"fetch":"/);
      expect(text).toMatch(/"elsewhere":"/);
    }
    expect(fromPython).toMatchObject({ fetch: expect.stringContaining('403') });
    expect(fromNode).toMatchObject({ agent: expect.stringContaining('403') });
    expect(proxy.asked).toEqual(['example.test:443', 'example.test:443', 'example.test:443']);
  } finally {
    await runtime.close();
  }
});
