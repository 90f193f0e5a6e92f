import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { readPipelineValue } from '../../../shared/pipeline/read-pipeline.ts';

const root = mkdtempSync(path.join(tmpdir(), 'gluewright-work-account-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const account = { AWS_ACCESS_KEY_ID: 'AKIAPROD', AWS_SECRET_ACCESS_KEY: 'secret', AWS_PROFILE: 'prod' };

test('a function and a command get the local endpoint in place of the shell’s account', async () => {
  writeFileSync(
    path.join(root, 'look.mjs'),
    `
    const settings = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')));
    export const handler = settings;
    if (process.argv[2] === 'command') { console.log(JSON.stringify(settings())); process.exit(1); }`,
  );
  const command = [process.execPath, 'look.mjs', 'command'];
  const { pipeline, problems } = readPipelineValue(
    {
      pipeline: 'one',
      tasks: {
        function: { lambda: 'look', local: { handler: 'look.handler' } },
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
    env: { PATH: process.env.PATH, ...account },
  });
  try {
    const { output } = await runtime.works.runToEnd('lambda', 'look', {}, 'a');
    const { message } = await runtime.works.runToEnd('crawler', 'raw', {}, 'b');
    for (const text of [JSON.stringify(output), message]) {
      expect(text).toMatch(/"AWS_ENDPOINT_URL":"http:\/\/127\.0\.0\.1:\d+"/);
      expect(text).toMatch(/"AWS_ACCESS_KEY_ID":"LOCAL/);
      expect(text).not.toMatch(/AKIAPROD|secret|prod/);
    }
  } finally {
    await runtime.close();
  }
});
