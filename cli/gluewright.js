#!/usr/bin/env node
// Plain JavaScript that any Node can run, so that an old Node gets a message and not a stack trace.
import module from 'node:module';

// `import` would read every export of `node:fs`, and one of them loads Node's streams.
const require = module.createRequire(import.meta.url);
const { existsSync } = require('node:fs');
const { join } = require('node:path');

/** The repository has the sources beside this file. The package has a bundle. */
const source = existsSync(new URL('./main.ts', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
/** Node 22.18 is the first that runs the project's TypeScript and has SQLite. */
const recent = major >= 24 || (major === 22 && minor >= 18);

if (source && !existsSync(new URL('../node_modules/commander', import.meta.url))) {
  refuse('run npm ci first, then npx gluewright (it brings the libraries, and Node 24)');
} else if (!recent) {
  const remedy = source ? 'npx gluewright, which has Node 24' : 'Node 24, from https://nodejs.org/en/download';
  refuse(`Node ${process.versions.node} is too old: Gluewright needs 22.18 or later. Use ${remedy}`);
} else {
  hideExperimentalWarnings();
  keepCompiledCode();
  await import(source ? './main.ts' : '../build/cli/bundle/main.js');
}

function refuse(message) {
  console.error(`gluewright: ${message}`);
  process.exitCode = 2;
}

/** Node 22 warns in every process that SQLite and TypeScript are experimental. */
function hideExperimentalWarnings() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (rest[0] !== 'ExperimentalWarning') emitWarning.call(process, warning, ...rest);
  };
}

/**
 * Lets Node cache compiled code for the next command, which halves the start time. The cache is in the user's home.
 * Node's default is the shared folder for temporary files, where other users could place code. A user without a home,
 * such as an unknown user in a container, has no cache.
 */
function keepCompiledCode() {
  const { HOME, XDG_CACHE_HOME } = process.env;
  const cache = XDG_CACHE_HOME || (HOME && join(HOME, '.cache'));
  if (cache) module.enableCompileCache(join(cache, 'gluewright', 'compiled'));
}
