import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { runAgainstPort } from './run-against-port.ts';
import type { Verdict } from './verdict.ts';

/** The `aws` command against a port. */
export async function runAwsCli(): Promise<Verdict> {
  if (spawnSync('aws', ['--version']).status !== 0) return { skipped: 'there is no aws command (pip install awscli)' };
  return await runAgainstPort('bash', [path.join(import.meta.dirname, 'aws-cli-checks.sh')]);
}
