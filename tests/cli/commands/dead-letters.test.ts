import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVirtualClock } from '../../../local/clock/virtual-clock.ts';
import { openDeliveryStore } from '../../../local/events/delivery-store.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { openDatabase } from '../../../local/storage/open-database.ts';
import { bury } from '../../../shared/actors/dead-letters.ts';
import { pipelineFrom } from '../../pipeline-from.ts';
import { createProject, gluewright } from '../project-folder.ts';

const file = 'pipeline: orders\ntasks: { load: { glue-job: etl } }\n';
const etl = { name: 'etl', type: 'pythonshell', args: {}, maxConcurrentRuns: 5 } as const;

/** A project with a refused run, a message that cannot be read, and an event that nobody took. */
async function projectWithLetters(): Promise<string> {
  const root = createProject({
    'statemachines/orders.yml': file,
    'jobs/jobs.yml': 'jobs: { etl: { script: e.sh, type: pythonshell } }\n',
    'e.sh': '',
  });
  const home = join(root, '.gluewright');
  mkdirSync(home);
  const pipeline = pipelineFrom(file);
  const clock = createVirtualClock(Date.UTC(2026, 10, 22));
  const runtime = await openRuntime({
    home,
    clock,
    pipelines: [pipeline],
    jobs: { etl },
    simulate: () => ({ seconds: 1 }),
    uuid: randomUUID,
  });
  const request = { pipeline: 'orders', cause: 'c', params: { none: 1 } };
  await bury(runtime.system, { kind: 'run', request, problems: ['no parameter none'] }, 'one');
  await bury(runtime.system, { kind: 'message', body: 'x', problems: ['cannot be read'] }, 'two');
  await runtime.close();
  const database = openDatabase(join(home, 'gluewright.db'));
  const event = { source: 'test', 'detail-type': 'Nothing', detail: {}, resources: [], time: '2026-11-22T00:00:00Z' };
  const store = openDeliveryStore(database);
  const delivery = store.add('on-objects', JSON.stringify(event), 0, 0);
  store.giveUp(delivery, 'nobody is there', Date.UTC(2026, 10, 22, 1));
  database.close();
  return root;
}

type Letter = { readonly id: string; readonly kind: string; readonly outcome?: string };

async function letters(root: string, ...args: string[]): Promise<readonly Letter[]> {
  const { out } = await gluewright(root, 'dead-letters', ...args, '--json');
  return JSON.parse(out).letters;
}

const kinds = (list: readonly Letter[]) => list.map(({ kind }) => kind).toSorted();

test('what was refused, what cannot be read and what nobody took is listed together, or that of one pipeline', async () => {
  const root = await projectWithLetters();
  expect(kinds(await letters(root))).toEqual(['event', 'message', 'run']);
  expect(kinds(await letters(root, '--pipeline', 'orders'))).toEqual(['run']);
  expect(await gluewright(root, 'dead-letters', 'none')).toMatchObject({ code: 3 });
});

test('letters are dropped by their ids or by their pipeline, and never all at once by mistake', async () => {
  const root = await projectWithLetters();
  expect(await gluewright(root, 'dead-letters', '--drop')).toMatchObject({
    code: 2,
    err: expect.stringContaining('name the letters to drop'),
  });
  expect((await letters(root, '--drop', '--pipeline', 'orders')).map(({ outcome }) => outcome)).toEqual(['dropped']);
  const left = await letters(root);
  expect(kinds(left)).toEqual(['event', 'message']);
  await letters(root, ...left.map(({ id }) => id), '--drop');
  expect(await letters(root)).toEqual([]);
});

test('an event that nobody took is sent again, and what is still failing stays', async () => {
  const root = await projectWithLetters();
  const tried = await gluewright(root, 'dead-letters', '--replay');
  expect(tried).toMatchObject({
    code: 1,
    out: expect.stringMatching(/sent again[\s\S]*still failing|still failing[\s\S]*sent again/),
  });
  expect(kinds(await letters(root))).toEqual(['message', 'run']);
});
