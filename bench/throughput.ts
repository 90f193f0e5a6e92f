import path from 'node:path';
import { parseArgs } from 'node:util';
import { openEngineStore } from '../local/engine/store/open-engine-store.ts';
import { openDatabase } from '../local/storage/open-database.ts';
import { chain } from './chain.ts';
import { fdatasyncTimes } from './fdatasync-times.ts';
import { inBenchFolder } from './kit/bench-folder.ts';
import { openBenchEngine } from './kit/open-bench-engine.ts';
import { printFigures } from './kit/print-figures.ts';
import { runAll } from './run-all.ts';

const steps = 10;

/** Many executions of a few token tasks, 20 and 200 at once. Transitions of one turn share a commit. */
export async function throughput(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { dir: { type: 'string' }, executions: { type: 'string', default: '2000' }, json: { type: 'boolean' } },
  });
  const executions = Number(values.executions);
  await inBenchFolder(values.dir, async (folder, settings) => {
    const rows: object[] = [];
    for (const inFlight of [20, 200]) {
      const database = openDatabase(path.join(folder, `engine-${inFlight}.db`));
      const engine = openBenchEngine(openEngineStore(database));
      const machineArn = await engine.machine('chain', chain(steps));
      await runAll(engine, machineArn, 'warm-up', 200, inFlight);
      const disk = [...fdatasyncTimes(folder, 1_000)];
      const seconds = await runAll(engine, machineArn, 'run', executions, inFlight);
      disk.push(...fdatasyncTimes(folder, 1_000));
      await engine.close();
      database.close();
      const fdatasyncsPerSecond = disk.length / (disk.reduce((sum, ms) => sum + ms, 0) / 1_000);
      const stepsPerSecond = (executions * steps) / seconds;
      rows.push({
        inFlight,
        seconds,
        stepsPerSecond,
        fdatasyncsPerSecond,
        ratio: stepsPerSecond / fdatasyncsPerSecond,
      });
    }
    printFigures('throughput', values.json === true, { settings: { ...settings, executions, steps }, rows });
  });
}
