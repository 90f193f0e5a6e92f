import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Mutant, mutants } from './mutants.ts';
import { runChaos } from './run-chaos.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = ['shared', 'functions', 'local', 'project', 'testing', 'python', 'package.json'];

/** Puts each bug into a copy of the sources, and lets chaos look for it. @returns whether each was found */
export async function checkMutants(options: {
  readonly runs: number;
  readonly seed: number;
  readonly workers: number;
  /** Only bugs with this text in their name. */
  readonly like: string;
}): Promise<boolean> {
  let missed = 0;
  const planted = mutants.filter(({ name }) => name.includes(options.like));
  for (const mutant of planted) {
    const copy = fs.mkdtempSync(path.join(tmpdir(), 'mutant-'));
    try {
      plant(mutant, copy);
      const worker = pathToFileURL(path.join(copy, 'testing/chaos/chaos-worker.ts'));
      const { played, wrong } = await runChaos({ ...options, worker, untilWrong: true });
      const [first] = wrong;
      if (first === undefined) missed += 1;
      const found =
        first === undefined ? `NOT FOUND in ${played} runs` : `found by run ${first.seed - options.seed + 1}`;
      console.log(`${mutant.name.padEnd(78)} ${found.padEnd(24)} ${first?.what[0]?.split('\n')[0] ?? ''}`);
    } finally {
      fs.rmSync(copy, { recursive: true });
    }
  }
  console.log(`${planted.length - missed} of ${planted.length} bugs found`);
  return missed === 0;
}

function plant({ file, find, replace }: Mutant, copy: string): void {
  for (const source of sources) fs.cpSync(path.join(root, source), path.join(copy, source), { recursive: true });
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  const text = fs.readFileSync(path.join(copy, file), 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`);
  fs.writeFileSync(
    path.join(copy, file),
    text.replace(find, () => replace),
  );
}
