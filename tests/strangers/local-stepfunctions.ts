import { StateMachine } from 'aws-local-stepfunctions';
import fc from 'fast-check';
import { run } from '../conformance/adapter.ts';
import type { Verdict } from './verdict.ts';

const runs = 200;
const none = { stubs: [], stubWildcards: {}, s3: [], type: 'STANDARD' as const };
const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom('a', 'b', ''), fc.boolean(), fc.constant(null));
const input = fc.record({ n: fc.integer({ min: -9, max: 9 }), list: fc.array(value, { maxLength: 4 }), any: value });

/** Passes, Choices and Maps, for which both engines are known to match AWS. */
const definition = fc
  .record({ bound: fc.integer({ min: -9, max: 9 }), result: value, place: fc.constantFrom('$.here', '$.any', '$') })
  .map(({ bound, result, place }) => ({
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: bound, Next: 'Each' }], Default: 'Keep' },
      Keep: { Type: 'Pass', Parameters: { 'kept.$': '$.list', 'n.$': '$.n', result }, End: true },
      Each: {
        Type: 'Map',
        ItemsPath: '$.list',
        ItemSelector: { 'item.$': '$$.Map.Item.Value', 'at.$': '$$.Map.Item.Index' },
        ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', OutputPath: '$.item', End: true } } },
        ResultPath: place === '$' ? '$.all' : place,
        End: true,
      },
    },
  }));

/** npm's aws-local-stepfunctions and this engine run the same random machines. */
export async function runLocalStepFunctions(): Promise<Verdict> {
  let differences = 0;
  for (const [machine, given] of fc.sample(fc.tuple(definition, input), { numRuns: runs, seed: 15 })) {
    const ours = JSON.stringify(
      await run(JSON.parse(JSON.stringify(machine)), JSON.parse(JSON.stringify(given)), none).then(outputOf),
    );
    const theirs = JSON.stringify(
      await new StateMachine(JSON.parse(JSON.stringify(machine))).run(JSON.parse(JSON.stringify(given))).result,
    );
    if (ours === theirs) continue;
    differences += 1;
    console.log(`differs: ${JSON.stringify(machine)} of ${JSON.stringify(given)}: ${ours}, there ${theirs}`);
  }
  console.log(`${runs} random machines, ${differences} differences`);
  return { differences };
}

const outputOf = (ended: object): unknown => Reflect.get(ended, 'output');
