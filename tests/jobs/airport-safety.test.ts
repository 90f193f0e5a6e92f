import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { prepareDatabases } from '../../cli/demo/prepare-databases.ts';
import { expectedReport } from './expected-report.ts';

type JobEntry = { script: string; args?: Record<string, string> };

describe('the jobs of the airport safety pipeline, run by hand in order', () => {
  const noPython = spawnSync('python3', ['--version']).status !== 0;
  const folder = mkdtempSync(join(tmpdir(), 'gluewright-jobs-'));
  const path = (name: string): string => join(folder, name);
  const jobs: Record<string, JobEntry> = parse(readFileSync('jobs/jobs.yml', 'utf8')).jobs;
  const extracts = ['airports', 'flights', 'strikes', 'population'];
  let counts: Record<string, number> = {};

  function run(job: string, args: Record<string, string>, modules = ''): string {
    const entry = jobs[job];
    if (entry === undefined) throw new Error(`no job ${job}`);
    const all = { JOB_NAME: job, JOB_RUN_ID: 'jr_1', ...entry.args, ...args };
    const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
    return execFileSync('python3', [entry.script, ...words], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, PYTHONPATH: modules, PYTHONDONTWRITEBYTECODE: '1' },
    });
  }
  function reportArgs(rows: Record<string, unknown>): Record<string, string> {
    return {
      ...Object.fromEntries(extracts.map((name) => [name, path(`${name}.csv`)])),
      airport_rows: String(rows.airports),
      flight_rows: String(rows.flights),
      strike_rows: String(rows.strikes),
      population_rows: String(rows.population),
      report: path('deep/report.csv'),
    };
  }

  beforeAll(() => {
    counts = prepareDatabases(folder, path('drafts'));
    if (noPython) return;
    for (const name of extracts) {
      run(`extract-${name}`, {
        database: path(`${name}.sqlite`),
        target: path(`${name}.csv`),
        gluewright_output: path(`${name}.json`),
      });
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('the report matches an independent computation', (c) => {
    if (noPython) c.skip('python3 is not installed');
    run('airport-safety-report', reportArgs(counts));
    expect(readFileSync(path('deep/report.csv'), 'utf8')).toBe(expectedReport());
  });

  test('each extract’s output has the number of rows', (c) => {
    if (noPython) c.skip('python3 is not installed');
    for (const name of extracts) {
      const output: unknown = JSON.parse(readFileSync(path(`${name}.json`), 'utf8'));
      expect(output).toEqual({ rows: counts[name], target: path(`${name}.csv`) });
    }
  });

  test('a report over fewer rows than were extracted is refused', (c) => {
    if (noPython) c.skip('python3 is not installed');
    expect(() => run('airport-safety-report', reportArgs({ ...counts, strikes: 10_001 }))).toThrow(
      /strikes\.csv has 10000 rows, but its extract wrote 10001/,
    );
  });

  test('a missing database fails the job and is not created', (c) => {
    if (noPython) c.skip('python3 is not installed');
    const args = { database: path('none.sqlite'), target: path('none.csv') };
    expect(() => run('extract-strikes', args)).toThrow(/the database .*none\.sqlite does not exist/);
    expect(existsSync(path('none.sqlite'))).toBe(false);
    expect(existsSync(path('none.csv'))).toBe(false);
  });

  test('addresses in S3 are read with boto3', (c) => {
    if (noPython) c.skip('python3 is not installed');
    mkdirSync(path('python'), { recursive: true });
    writeFileSync(path('python/boto3.py'), folderAsS3);
    const s3 = (name: string): string => `s3://${folder.slice(1)}/${name}`;
    for (const name of extracts) {
      run(`extract-${name}`, { database: s3(`${name}.sqlite`), target: s3(`s3-${name}.csv`) }, path('python'));
    }
    const args = { ...reportArgs(counts), report: s3('s3-report.csv') };
    run(
      'airport-safety-report',
      { ...args, ...Object.fromEntries(extracts.map((name) => [name, s3(`s3-${name}.csv`)])) },
      path('python'),
    );
    expect(readFileSync(path('s3-report.csv'), 'utf8')).toBe(expectedReport());
  });
});

/** The parts of boto3 that the jobs use, with the root folder as S3. */
const folderAsS3 = `
import io, shutil

class Client:
    def download_file(self, bucket, key, path):
        shutil.copy(f"/{bucket}/{key}", path)
    def get_object(self, Bucket, Key):
        return {"Body": open(f"/{Bucket}/{Key}", "rb")}
    def put_object(self, Bucket, Key, Body):
        with open(f"/{Bucket}/{Key}", "wb") as file:
            file.write(Body)

def client(name):
    assert name == "s3"
    return Client()
`;
