import { parseArgs } from 'node:util';
import { StateMachine } from 'aws-local-stepfunctions';
import { createMemoryStore } from '../local/engine/store/create-memory-store.ts';
import { inBenchFolder } from './kit/bench-folder.ts';
import { collectGarbage } from './kit/collect-garbage.ts';
import { type BenchEngine, openBenchEngine } from './kit/open-bench-engine.ts';
import { printFigures } from './kit/print-figures.ts';
import { quantile } from './kit/quantile.ts';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:work';

/** Five states in JSONPath, since the other engine silently ignores JSONata. */
const definition: ConstructorParameters<typeof StateMachine>[0] = {
  StartAt: 'Set',
  States: {
    Set: { Type: 'Pass', Result: { rows: 3 }, ResultPath: '$.set', Next: 'Work' },
    Work: { Type: 'Task', Resource: functionArn, ResultPath: '$.work', Next: 'Enough' },
    Enough: {
      Type: 'Choice',
      Choices: [{ Variable: '$.work.rows', NumericGreaterThan: 0, Next: 'Again' }],
      Default: 'Done',
    },
    Again: { Type: 'Task', Resource: functionArn, Parameters: { 'rows.$': '$.set.rows' }, Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};
const states = Object.keys(definition.States).length;

/**
 * States per second in memory, with history, beside `aws-local-stepfunctions`, which keeps none. They take turns. All
 * garbage is collected before each turn, so neither pays for the other's. The collection also discards compiled code
 * for unused shapes, so each engine warms up with as many executions as are then measured.
 */
export async function memoryEngine(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '21' },
      executions: { type: 'string', default: '1000' },
      json: { type: 'boolean' },
    },
  });
  const [rounds, executions] = [Number(values.rounds), Number(values.executions)];
  await inBenchFolder(undefined, async (_, { node, cpu, cores }) => {
    const other = new StateMachine(definition);
    const contenders = {
      gluewright: async () => {
        const engine = openBenchEngine(createMemoryStore());
        const machineArn = await engine.machine('five', definition);
        return await timed(
          executions,
          (index) => engine.run(machineArn, `run-${index}`),
          () => check(engine, machineArn),
        );
      },
      'aws-local-stepfunctions': () => timed(executions, () => runOther(other)),
    };
    const taken = Object.entries(contenders).map(([name, run]) => ({ name, run, seconds: [] as number[] }));
    for (let round = 0; round < rounds; round += 1) {
      for (const { run, seconds } of taken) seconds.push(await run());
    }
    const rows = taken.map(({ name, seconds }) => ({
      engine: name,
      statesPerSecond: (executions * states) / quantile(seconds, 0.5),
      microsecondsPerState: (quantile(seconds, 0.5) * 1e6) / (executions * states),
    }));
    const [ours, theirs] = taken.map(({ seconds }) => seconds);
    // Round by round, so that other load slows both engines alike.
    const ratios = ours?.map((seconds, round) => (theirs?.[round] ?? Number.NaN) / seconds) ?? [];
    printFigures('memory-engine', values.json === true, {
      settings: {
        node,
        cpu,
        cores,
        states,
        executions,
        warmUp: executions,
        rounds,
        executed: 'one after the other',
        history: 'kept by gluewright only',
      },
      rows,
      ratioP50: quantile(ratios, 0.5),
      ratioP10: quantile(ratios, 0.1),
      ratioP90: quantile(ratios, 0.9),
    });
  });
}

async function timed(
  count: number,
  run: (index: number) => Promise<void>,
  after: () => Promise<void> = async () => undefined,
): Promise<number> {
  collectGarbage();
  for (let index = 0; index < count; index += 1) await run(index);
  const began = performance.now();
  for (let index = count; index < 2 * count; index += 1) await run(index);
  const seconds = (performance.now() - began) / 1_000;
  await after();
  return seconds;
}

async function runOther(machine: StateMachine): Promise<void> {
  const work = async () => ({ rows: 1 });
  const { result } = machine.run(
    { day: '2026-11-22' },
    { overrides: { taskResourceLocalHandlers: { Work: work, Again: work } } },
  );
  await result;
}

/** Checks that the history is complete. */
async function check(engine: BenchEngine, machineArn: string): Promise<void> {
  const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:run-0`;
  const { events } = await engine.call('GetExecutionHistory', { executionArn });
  if (!Array.isArray(events) || events.length < 2 * states) throw new Error('the engine has kept no history');
  await engine.close();
}
