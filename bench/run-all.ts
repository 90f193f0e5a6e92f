import type { BenchEngine } from './kit/open-bench-engine.ts';

/** Runs `count` executions, `inFlight` at a time. @returns seconds */
export async function runAll(
  engine: BenchEngine,
  machineArn: string,
  prefix: string,
  count: number,
  inFlight: number,
): Promise<number> {
  let next = 0;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await engine.run(machineArn, `${prefix}-${next}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (performance.now() - began) / 1_000;
}
