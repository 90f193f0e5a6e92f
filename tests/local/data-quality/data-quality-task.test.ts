import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { startRun } from '../../../shared/actors/start-run.ts';
import { readRun } from '../../../shared/views/run/read-run.ts';
import { pipelineFrom } from '../../pipeline-from.ts';

test('a task evaluates the partitions that it names of what a crawl found, on DuckDB', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'gluewright-quality-task-'));
  for (const [day, rows] of [
    ['2026-11-19', '{"id":1}\n{"id":null}\n'],
    ['2026-11-20', '{"id":2}\n'],
  ] as const) {
    const folder = path.join(home, 's3/lake/orders', `day=${day}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'a.jsonl'), rows);
  }
  const gate = { 'data-quality': 'complete', database: 'sales', table: 'orders', role: 'reader', after: 'tables' };
  const tasks = {
    tables: { crawler: 'orders' },
    all: { ...gate, below: 'succeed' },
    today: { ...gate, partitions: "day = '2026-11-20'" },
  };
  const pipeline = pipelineFrom({ pipeline: 'one', tasks });
  const orders = { name: 'orders', database: 'sales', paths: ['s3://lake/orders/'], tablePrefix: '', exclusions: [] };
  const runtime = await openRuntime({
    home,
    clock: createRealClock(),
    pipelines: [pipeline],
    jobs: {},
    crawlers: { orders },
    rulesets: { complete: 'Rules = [ IsComplete "id" ]' },
  });
  onTestFinished(async () => {
    await runtime.close();
    rmSync(home, { recursive: true, force: true });
  });
  await startRun(runtime.system, { pipeline: 'one', cause: 'x' });
  await vi.waitFor(async () => {
    expect(await readRun(runtime.system.ledger, 'one-x', [])).toMatchObject({ status: 'SUCCEEDED' });
  });
});
