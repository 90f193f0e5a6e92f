#!/usr/bin/env node
// Plain JavaScript that any Node can read: before `npm ci` there is neither Node 24 nor a library, and a stack trace
// about an unknown file extension helps nobody.
import { existsSync } from 'node:fs';

const installed = existsSync(new URL('../node_modules/commander', import.meta.url));
if (installed && Number(process.versions.node.split('.')[0]) >= 24) await import('./main.ts');
else {
  console.error(
    installed
      ? `gluewright: this is Node ${process.versions.node}; start it with npx gluewright, which has Node 24`
      : 'gluewright: run npm ci first, then npx gluewright (it brings the libraries, and Node 24)',
  );
  process.exitCode = 2;
}
