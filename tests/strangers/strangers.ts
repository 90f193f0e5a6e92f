import { runBoto3 } from './boto3.ts';
import { runLocalStepFunctions } from './local-stepfunctions.ts';
import { runSchemathesis } from './schemathesis.ts';
import type { Verdict } from './verdict.ts';

/** Other projects' clients and suites that a registry serves. docs/testing.md lists the others. */
const suites: Readonly<Record<string, () => Promise<Verdict>>> = {
  'boto3, against a port': runBoto3,
  'aws-local-stepfunctions, the same machines': runLocalStepFunctions,
  'schemathesis, a minute of requests to the API': () => runSchemathesis(60),
};

for (const [name, run] of Object.entries(suites)) {
  console.log(`\n${name}`);
  const verdict = await run();
  if ('skipped' in verdict) console.log(`skipped: ${verdict.skipped}`);
  else if (verdict.differences > 0) process.exitCode = 1;
}
