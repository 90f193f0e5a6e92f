import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { runAgainstPort } from './run-against-port.ts';
import type { Verdict } from './verdict.ts';

/** Python's SDK against a port. */
export async function runBoto3(): Promise<Verdict> {
  if (spawnSync('python3', ['-c', 'import boto3']).status !== 0)
    return { skipped: 'python3 has no boto3 (pip install boto3)' };
  return await runAgainstPort('python3', [path.join(import.meta.dirname, 'boto3-checks.py')]);
}
