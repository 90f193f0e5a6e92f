import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { openRuntime } from '../../local/runtime.ts';
import { createApiDoor } from '../../local/wire/api-door.ts';
import { createApiServer } from '../../local/wire/api-server.ts';
import { bury } from '../../shared/actors/dead-letters.ts';
import { startRun } from '../../shared/actors/start-run.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import type { Verdict } from './verdict.ts';

const texts = [
  `pipeline: orders
params: { day: { type: date, default: '2026-11-22' }, rows: { type: integer, default: 5 } }
triggers: { request: { api: true }, landing: { s3: { bucket: landing, key: '{day}/orders.csv' } } }
runs: { max: 500, overlap: queue }
tasks:
  extract: { glue-job: extract }
  load: { glue-job: load, after: extract }
  report: { glue-job: report, after: load }
`,
  `pipeline: nightly
triggers: { request: { api: true }, nightly: { schedule: cron(0 3 * * ? *) } }
tasks: { sum: { glue-job: sum, publishes: sums } }
`,
  `pipeline: release
tasks:
  ask: { approval: Release the figures? }
  publish: { glue-job: write, after: ask }
`,
  `pipeline: report
triggers: { ready: { datasets: { all: [sums] } } }
tasks: { write: { glue-job: write } }
`,
];

/**
 * Requests by a client that knows only the API's description. They enter through the deployed function: every request
 * becomes an event of API Gateway, and its answer a response.
 *
 * @param seconds how long requests are made up
 */
export async function runSchemathesis(seconds: number): Promise<Verdict> {
  const program = process.env.SCHEMATHESIS ?? 'schemathesis';
  if (spawnSync(program, ['--version']).status !== 0) {
    return { skipped: 'there is no schemathesis (pip install schemathesis, or SCHEMATHESIS=its path)' };
  }
  const home = mkdtempSync(join(tmpdir(), 'gluewright-schemathesis-'));
  const pipelines = texts.map((text) => pipelineFrom(text));
  const surprises: string[] = [];
  const onSurprise = (error: unknown): void => {
    surprises.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const runtime = await openRuntime({
    home,
    clock: createRealClock(),
    pipelines,
    jobs: Object.fromEntries(
      ['extract', 'load', 'report', 'sum', 'write'].map((job) => [
        job,
        { name: job, type: 'pythonshell' as const, args: {}, maxConcurrentRuns: 100 },
      ]),
    ),
    uuid: randomUUID,
    schedules: false,
    simulate: ({ job }) => ({
      seconds: 1,
      ...(job.name === 'load' ? { state: 'FAILED' as const, errorMessage: 'the source is away' } : {}),
    }),
    onSurprise,
  });
  const server = await createApiServer({ door: createApiDoor(runtime.functions), token: 'token', port: 0, onSurprise });
  try {
    for (const [index, { name }] of pipelines.flatMap((pipeline) => [pipeline, pipeline, pipeline]).entries()) {
      await startRun(runtime.system, { pipeline: name, cause: `seed-${index}`, trigger: { kind: 'cli' } });
    }
    const { clients, system } = runtime;
    await clients.s3.send(new PutObjectCommand({ Bucket: 'landing', Key: '2026-11-22/orders.csv', Body: 'order' }));
    await clients.s3.send(new PutObjectCommand({ Bucket: 'landing', Key: 'no-day/orders.csv', Body: 'order' }));
    await bury(system, { kind: 'message', body: 'x', problems: ['cannot be read'] }, 'one');
    const status = await schemathesis(program, server.url, seconds);
    for (const surprise of surprises) console.log(surprise);
    return { differences: status === 0 && surprises.length === 0 ? 0 : 1 };
  } finally {
    await server.close();
    await runtime.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function schemathesis(program: string, url: string, seconds: number): Promise<number> {
  const args = ['run', `${url}/openapi.json`, '--checks', 'all', '--max-time', String(seconds)];
  const child = spawn(program, [...args, '-H', 'Authorization: Bearer token', '--continue-on-failure'], {
    stdio: 'inherit',
    cwd: tmpdir(),
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (status) => resolve(status ?? 1));
  });
}
