import { runSchemathesis } from './schemathesis.ts';

/** `npm run schemathesis -- 60` runs for a minute; the default is ten. */
const seconds = Number(process.argv[2] ?? 600);
const verdict = await runSchemathesis(seconds);
if ('skipped' in verdict) console.log(`skipped: ${verdict.skipped}`);
else if (verdict.differences > 0) process.exitCode = 1;
