import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { byHandler } from '../../../local/work/handler-process.ts';
import type { LocalEnd, LocalWork } from '../../../local/work/local-work.ts';

const root = mkdtempSync(path.join(tmpdir(), 'gluewright-handler-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

writeFileSync(
  path.join(root, 'rates.mjs'),
  `console.log('loud');
  export const handler = async (event, { functionName }) => ({ twice: event.rate * 2, functionName });
  export const nothing = () => undefined;
  export const throws = () => { throw new RangeError('no rate'); };
  export const exits = () => { console.error('gone'); process.exit(3); };`,
);
writeFileSync(path.join(root, 'typed.ts'), 'export const handler = (event: { rate: number }): number => event.rate;');
writeFileSync(path.join(root, 'help.py'), 'factor = 3\n');
writeFileSync(
  path.join(root, 'prices.py'),
  `import help
print('loud')
def handler(event, context):
    return {'thrice': event['rate'] * help.factor}
def throws(event, context):
    raise ValueError('no rate')
def unknown(event, context):
    return {1, 2}
`,
);

const work: LocalWork = {
  id: 'w1',
  kind: 'lambda',
  name: 'rates',
  ordinal: 1,
  input: { rate: 2 },
  state: 'running',
  startedOn: 0,
};

function endOf(handler: string): Promise<LocalEnd> {
  return new Promise((resolve) => void byHandler(handler, { root, env: () => process.env })(work, resolve));
}

test.each([
  ['rates.handler', { state: 'succeeded', output: { twice: 4, functionName: 'rates' } }],
  ['rates.nothing', { state: 'succeeded', output: null }],
  ['typed.handler', { state: 'succeeded', output: 2 }],
  ['prices.handler', { state: 'succeeded', output: { thrice: 6 } }],
  ['rates.throws', { state: 'failed', error: 'RangeError', message: 'no rate' }],
  ['prices.throws', { state: 'failed', error: 'ValueError', message: 'no rate' }],
  ['prices.unknown', { state: 'failed', error: 'TypeError' }],
  ['rates.missing', { state: 'failed', error: 'TypeError', message: expect.stringContaining('missing') }],
  [
    'rates.exits',
    { state: 'failed', error: 'Runtime.ExitError', message: expect.stringMatching(/with 3: [\s\S]*gone/) },
  ],
  ['nowhere.handler', { state: 'failed', error: 'HandlerNotFound', message: expect.stringContaining('.py') }],
])('the handler %s', async (handler, end) => {
  expect(await endOf(handler)).toMatchObject(end);
});

test('a handler that is stopped says nothing', async () => {
  const ends: LocalEnd[] = [];
  const stop = byHandler('rates.handler', { root, env: () => process.env })(work, (end) => ends.push(end));
  stop();
  await endOf('rates.nothing');
  expect(ends).toEqual([]);
});
