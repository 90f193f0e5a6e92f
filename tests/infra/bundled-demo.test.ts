import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ExecutionListItem, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { type MotoServer, startMotoServer } from '../../infra/moto-server.ts';
import { createRealClock } from '../../local/clock/real-clock.ts';
import { openRuntime, type Runtime } from '../../local/runtime.ts';
import { createWireServer, type WireServer } from '../../local/wire/wire-server.ts';
import { functions } from '../../shared/deploy/functions/functions.ts';
import { readJobs } from '../../shared/pipeline/jobs/jobs-file.ts';
import { pipelineFrom } from '../pipeline-from.ts';
import { type BundleProcess, startBundle } from './bundle-process.ts';
import { createLedgerTable } from './ledger-table.ts';

/**
 * Runs the demo's pipeline with the deployed bundles. Each bundle has its own process and speaks over the wire with the
 * embedded Step Functions, Glue, EventBridge and S3, and with moto's DynamoDB. Only the jobs are simulated.
 */

const root = path.resolve(import.meta.dirname, '../..');
const outdir = mkdtempSync(path.join(tmpdir(), 'gluewright-demo-'));
const bundles = new Map<string, BundleProcess>();
let moto: MotoServer | undefined;
let runtime: Runtime;
let wire: WireServer;

beforeAll(async () => {
  moto = await startMotoServer();
  if (moto === undefined) return;
  await bundle(root, outdir);
  const text = (name: string): string => readFileSync(path.join(root, name), 'utf8');
  const pipeline = pipelineFrom(text('statemachines/airport-safety.yml'));
  runtime = await openRuntime({
    home: ':memory:',
    clock: createRealClock(),
    pipelines: [pipeline],
    jobs: readJobs(text('jobs/jobs.yml'), 'jobs.yml').jobs,
    simulate: () => ({ seconds: 0.2, output: { rows: 5 } }),
  });
  wire = await createWireServer(runtime.services, { port: 0, uuid: runtime.system.uuid });

  const machine = runtime.system.catalog.byName('airport-safety')?.stateMachineArn ?? '';
  const [, machines = '', stateMachine = ''] = /^(.*:)([^:]*)$/.exec(machine) ?? [];
  writeFileSync(path.join(outdir, 'catalog.json'), JSON.stringify({ pipelines: [{ pipeline, stateMachine }] }));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  await createLedgerTable({ endpoint: moto.endpoint, region: 'us-east-1', credentials }, 'ledger');
  for (const name of Object.keys(functions)) {
    bundles.set(
      name,
      startBundle(path.join(outdir, `${name}.mjs`), {
        AWS_ENDPOINT_URL: wire.url,
        AWS_ENDPOINT_URL_DYNAMODB: moto.endpoint,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_REGION: 'us-east-1',
        GLUEWRIGHT_STACK: runtime.system.stack,
        GLUEWRIGHT_TABLE: 'ledger',
        GLUEWRIGHT_OUTPUT_BUCKET: runtime.system.outputBucket,
        GLUEWRIGHT_CATALOG: 'catalog.json',
        GLUEWRIGHT_STATE_MACHINES: machines,
      }),
    );
  }
  runtime.functions.invoke = (name, event) =>
    bundles.get(name)?.invoke(event) ?? Promise.reject(new Error(`there is no bundle of ${name}`));
});
beforeEach((context) => {
  if (moto === undefined) context.skip('no moto_server on this machine');
});
afterAll(async () => {
  await wire?.close();
  await runtime?.close();
  for (const process of bundles.values()) process.stop();
  moto?.stop();
  rmSync(outdir, { recursive: true, force: true });
});

async function executions(): Promise<ExecutionListItem[]> {
  const stateMachineArn = runtime.system.catalog.byName('airport-safety')?.stateMachineArn;
  return (await runtime.clients.sfn.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];
}

test('the bundles run the demo’s pipeline from the object’s arrival to the end', async () => {
  runtime.s3.put('landing', 'exports/2026-11-22/_SUCCESS', new Uint8Array());
  await vi.waitFor(async () => expect(await executions()).toMatchObject([{ status: 'SUCCEEDED' }]), {
    timeout: 30_000,
    interval: 100,
  });
  expect(runtime.bus.deadLetters()).toEqual([]);
});
