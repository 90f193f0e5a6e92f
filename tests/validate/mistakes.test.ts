import { expect, test } from 'vitest';
import { readProject } from '../../project/read-project.ts';
import { formatProblem } from '../../shared/reading/problem.ts';
import { createProject } from '../cli/project-folder.ts';
import type { Mistake } from './mistake.ts';
import { mistakes } from './mistakes.ts';

const load = 'jobs:\n  load: { script: load.py, type: pythonshell }\n';

/** The problems, with the line that each is about and a mark at its place. */
async function said({ file, jobs = load, others = {} }: Mistake): Promise<string> {
  const files = { 'p.yml': file, ...others };
  const named = Object.entries(files).map(([name, text]): [string, string] => [`statemachines/${name}`, text]);
  const all = { ...Object.fromEntries(named), 'jobs/jobs.yml': jobs };
  const root = createProject({ ...all, 'load.py': '' });
  const { problems } = await readProject(root, root, Date.UTC(2026, 10, 22));
  return problems
    .map((problem) => {
      const line =
        Object.entries(all)
          .find(([name]) => name === problem.file)?.[1]
          .split('\n')[problem.line - 1] ?? '';
      return `${formatProblem(problem)}\n    | ${line}\n    | ${' '.repeat(problem.column - 1)}^`;
    })
    .join('\n');
}

test('each mistake gets its messages', async () => {
  const texts: string[] = [];
  for (const mistake of mistakes) texts.push(`### ${mistake.title}\n${await said(mistake)}\n`);
  await expect(texts.join('\n')).toMatchFileSnapshot('mistakes.golden.txt');
});

test('no mistake passes in silence', async () => {
  const silent: string[] = [];
  for (const mistake of mistakes) if ((await said(mistake)) === '') silent.push(mistake.title);
  expect(silent).toEqual([]);
});
