import path from 'node:path';
import { parseArgs } from 'node:util';
import { openEngineStore } from '../local/engine/store/open-engine-store.ts';
import { openDatabase } from '../local/storage/open-database.ts';
import { chain } from './chain.ts';
import { fdatasyncTimes } from './fdatasync-times.ts';
import { inBenchFolder } from './kit/bench-folder.ts';
import { openBenchEngine } from './kit/open-bench-engine.ts';
import { printFigures } from './kit/print-figures.ts';
import { quantile } from './kit/quantile.ts';

const steps = 100;

/** A chain of token tasks, one execution at a time. Each transition is on disk before the next begins. */
export async function durableStep(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { dir: { type: 'string' }, rounds: { type: 'string', default: '30' }, json: { type: 'boolean' } },
  });
  await inBenchFolder(values.dir, async (folder, settings) => {
    const database = openDatabase(path.join(folder, 'engine.db'));
    const engine = openBenchEngine(openEngineStore(database));
    const machineArn = await engine.machine('chain', chain(steps));
    const disk: number[] = [];
    const perStep: number[] = [];
    for (let warmUp = 0; warmUp < 5; warmUp += 1) await engine.run(machineArn, `warm-up-${warmUp}`);
    for (let round = 0; round < Number(values.rounds); round += 1) {
      disk.push(...fdatasyncTimes(folder, steps));
      const began = performance.now();
      await engine.run(machineArn, `round-${round}`);
      perStep.push((performance.now() - began) / steps);
    }
    await engine.close();
    database.close();
    const [fdatasync, step] = [quantile(disk, 0.5), quantile(perStep, 0.5)];
    printFigures('durable-step', values.json === true, {
      settings: { ...settings, steps, rounds: perStep.length, tokens: 'settled in process, no SDK' },
      fdatasyncMsP50: fdatasync,
      fdatasyncMsP90: quantile(disk, 0.9),
      stepMsP50: step,
      stepMsP90: quantile(perStep, 0.9),
      ratio: step / fdatasync,
    });
  });
}
