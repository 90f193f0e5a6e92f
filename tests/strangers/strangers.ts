import { runAwsCli } from './aws-cli.ts';
import { runBoto3 } from './boto3.ts';
import { runCron } from './cron.ts';
import { runJsonata } from './jsonata.ts';
import { runLocalStepFunctions } from './local-stepfunctions.ts';
import { runSchemathesis } from './schemathesis.ts';
import type { Verdict } from './verdict.ts';

/** Other projects' clients and suites that a registry serves. docs/testing.md lists the others. */
const suites: Readonly<Record<string, () => Promise<Verdict>>> = {
  boto3: runBoto3,
  aws: runAwsCli,
  cron: runCron,
  jsonata: runJsonata,
  'local-stepfunctions': runLocalStepFunctions,
  schemathesis: () => runSchemathesis(60),
};

/** `npm run strangers -- cron aws` runs two of them. */
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(suites, name));
if (unknown !== undefined) {
  console.error(`there is no suite "${unknown}"; there are ${Object.keys(suites).join(', ')}`);
  process.exit(1);
}
for (const [name, run] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  const verdict = await run();
  if ('skipped' in verdict) console.log(`skipped: ${verdict.skipped}`);
  else if (verdict.differences > 0) process.exitCode = 1;
}
