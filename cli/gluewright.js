#!/usr/bin/env node
// Plain JavaScript that any Node can read: a stack trace about an unknown file extension helps nobody.
import { existsSync } from 'node:fs';

/** In the repository the sources stand beside this file, in the package JavaScript made of them. */
const source = existsSync(new URL('./main.ts', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
/** The oldest that reads the project's TypeScript, and has SQLite. */
const recent = major >= 24 || (major === 22 && minor >= 18);

if (source && !existsSync(new URL('../node_modules/commander', import.meta.url))) {
  refuse('run npm ci first, then npx gluewright (it brings the libraries, and Node 24)');
} else if (!recent) {
  const remedy = source ? 'npx gluewright, which has Node 24' : 'Node 24, from https://nodejs.org/en/download';
  refuse(`this is Node ${process.versions.node}, and 22.18 is the oldest that works: use ${remedy}`);
} else {
  hideExperimentalWarnings();
  await import(source ? './main.ts' : '../build/cli/main.js');
}

function refuse(message) {
  console.error(`gluewright: ${message}`);
  process.exitCode = 2;
}

/** Node 22 calls SQLite and reading TypeScript experimental, in each process and before any output of ours. */
function hideExperimentalWarnings() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (rest[0] !== 'ExperimentalWarning') emitWarning.call(process, warning, ...rest);
  };
}
