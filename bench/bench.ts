#!/usr/bin/env node
import { coldStart } from './cold-start.ts';
import { dagReplay } from './dag-replay.ts';

/** One line for each benchmark: `npm run bench -- NAME [options]`. */
const benchmarks: Record<string, { run: (args: string[]) => Promise<void>; what: string }> = {
  'dag-replay': { run: dagReplay, what: 'real pipeline graphs through the whole loop: --dir DIR [--json]' },
  'cold-start': { run: coldStart, what: 'size and import time of each function’s bundle: [--json]' },
};

const [name = '', ...args] = process.argv.slice(2);
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark === undefined) {
  const known = Object.entries(benchmarks).map(([each, { what }]) => `  ${each.padEnd(16)} ${what}`);
  console.error(`usage: npm run bench -- NAME [options]\n${known.join('\n')}`);
  process.exitCode = 2;
} else {
  await benchmark.run(args);
}
