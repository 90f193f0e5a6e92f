#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { checkMutants } from './check-mutants.ts';
import { runChaos } from './run-chaos.ts';
import { drawScenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { tryScenario } from './try-scenario.ts';

/** `npm run chaos -- --runs N --seed S [--workers W]`, or `--mutants [--like NAME]` to check that bugs are found. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    mutants: { type: 'boolean', default: false },
    like: { type: 'string', default: '' },
  },
});
const [runs, seed, workers] = [Number(values.runs), Number(values.seed), Number(values.workers)];
if (![runs, seed, workers].every((number) => Number.isSafeInteger(number) && number >= 0) || workers < 1) {
  console.error('usage: npm run chaos -- [--runs N] [--seed S] [--workers W] [--mutants [--like NAME]]');
  process.exit(2);
}

if (values.mutants) process.exitCode = (await checkMutants({ runs, seed, workers, like: values.like })) ? 0 : 1;
else await chaos();

async function chaos(): Promise<void> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1_000;
  let told = 0;
  const { played, wrong } = await runChaos({
    runs,
    seed,
    workers,
    onProgress(done) {
      if (done < told + 1_000) return;
      told = done;
      console.log(`${done} of ${runs}, ${((seconds() * 1_000) / done).toFixed(1)} ms each`);
    },
  });
  const time = `${seconds().toFixed(0)} s, ${((seconds() * 1_000) / Math.max(1, played)).toFixed(1)} ms each`;
  console.log(`${played} chaotic runs from seed ${seed}: ${wrong.length} violations (${time})`);
  const [first] = wrong;
  for (const { seed: each, what } of wrong.slice(0, 10)) console.log(`  seed ${each}: ${what[0]}`);
  if (first === undefined) return;
  process.exitCode = 1;
  const smallest = await shrink(drawScenario(first.seed), async (one) => (await tryScenario(one)).wrong.length > 0);
  console.log(`\nthe smallest failing scenario, from seed ${first.seed}:\n${JSON.stringify(smallest, undefined, 2)}`);
  for (const what of (await tryScenario(smallest)).wrong) console.log(`  ${what}`);
}
