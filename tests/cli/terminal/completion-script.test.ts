import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { completionScript } from '../../../cli/terminal/completion-script.ts';
import { createProject, folder, gluewright } from '../project-folder.ts';

const program = resolve('cli/gluewright.js');
let root = '';

beforeAll(async () => {
  root = createProject({
    'statemachines/orders.yml': 'pipeline: orders\ntasks: { extract: { wait: 0s } }\n',
    'readme.txt': '',
  });
  expect((await gluewright(root, 'run', 'orders')).code).toBe(0);
  // The scripts call `npx --no-install gluewright`.
  for (const [name, skipped] of [
    ['gluewright', 0],
    ['npx', 2],
  ] as const) {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\nshift ${skipped}\nexec '${process.execPath}' '${program}' "$@"\n`);
    chmodSync(file, 0o755);
  }
});

/** Runs `script` in the project with a shell, and returns its output. */
function printed(shell: string, words: readonly string[], script: string): string {
  const env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter), TERM: 'dumb' };
  return execFileSync(shell, [...words, script], { cwd: root, env, encoding: 'utf8' });
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** A script that types into an interactive zsh in a pseudo-terminal, presses Tab, and prints the edited line. */
const typedIntoZsh = (typed: string, script: string) => `
zmodload zsh/zpty
zpty shell zsh -f -i
until_shown() { local part; while zpty -r -m shell part "*$1*"; do print -r -- "$part"; [[ $part == *$1* ]] && break; done }
zpty -w shell 'PS1=; autoload -Uz compinit && compinit -u -D; show() { print -r -- "<$BUFFER>"; zle kill-buffer }; zle -N show; bindkey "^X" show; source ${script}; print rea""dy'
until_shown ready > /dev/null
zpty -w -n shell '${typed}'$'\\t\\x18'
until_shown '>'
zpty -d shell`;

const shells = {
  bash(typed: string, script: string) {
    const words = typed.split(' ');
    const given = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`;
    const text = printed(
      'bash',
      ['--norc', '-c'],
      `source ${script}; ${given}; _gluewright; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
    return lines(text);
  },
  zsh(typed: string, script: string) {
    const [, line = ''] = /<(.*?) *>/.exec(printed('zsh', ['-f', '-c'], typedIntoZsh(typed, script))) ?? [];
    return [line.split(' ').at(-1)];
  },
  fish(typed: string, script: string) {
    return lines(printed('fish', ['-N', '-c'], `source ${script}; complete -C '${typed}'`));
  },
};

const cases: readonly (readonly [typed: string, word: string])[] = [
  ['gluewright lo', 'logs'],
  ['gluewright runs --wa', '--watch'],
  ['gluewright run o', 'orders'],
  ['npx gluewright show la', 'latest'],
  ['npx gluewright rerun latest --from e', 'extract'],
];

const files: readonly (readonly [typed: string, word: string])[] = [['gluewright validate rea', 'readme.txt']];

describe.each(Object.entries(shells))('%s', (shell, complete) => {
  const missing = spawnSync(shell, ['-c', ':']).status !== 0;
  // If the script finds nothing, bash completes file names itself.
  test.for(shell === 'bash' ? cases : [...cases, ...files])('completes `%s` to %s', ([typed, word], { skip }) => {
    if (missing) skip(`${shell} is not installed`);
    const script = join(folder, `completion.${shell}`);
    writeFileSync(script, completionScript(shell) ?? '');
    expect(complete(typed, script)).toEqual([word]);
  });
});
