import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetJobRunCommand, StartJobRunCommand } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRealClock } from '../../../local/clock/real-clock.ts';
import { accountVariablesIn, jobEnvironment } from '../../../local/glue/processes/job-environment.ts';
import { openRuntime } from '../../../local/runtime.ts';
import { isAws } from '../../../local/wire/refuse-aws.ts';
import { openCountingProxy } from '../counting-proxy.ts';

const hasBoto = spawnSync('python3', ['-c', 'import boto3']).status === 0;

const script = `
import boto3, json, os, urllib.request
found = {"aws": {k: v for k, v in os.environ.items() if k.startswith("AWS_")}}
keys = boto3.Session().get_credentials().get_frozen_credentials()
found["keys"] = [keys.access_key, keys.secret_key, keys.token]
boto3.client("s3").create_bucket(Bucket="lake")
boto3.client("s3").put_object(Bucket="lake", Key="a.txt", Body=b"here")

def error_of(act):
    try:
        act()
        return "none"
    except Exception as error:
        return f"{type(error).__name__}: {error}"

def ask(url):
    urllib.request.urlopen(url, timeout=5)

found["account"] = boto3.client("sts").get_caller_identity()["Account"]
found["jobs"] = boto3.client("glue").list_jobs()["JobNames"]
found["profile"] = error_of(lambda: boto3.Session(profile_name="prod"))
found["written"] = error_of(lambda: boto3.client("s3", endpoint_url="https://s3.amazonaws.com").list_buckets())
found["bare"] = error_of(lambda: ask("https://s3.amazonaws.com/"))
found["elsewhere"] = error_of(lambda: ask("https://example.test/"))
print(json.dumps(found))
`;

describe('a job that searches for a real AWS account', () => {
  const home = fs.mkdtempSync(path.join(tmpdir(), 'account-'));
  let proxy: Awaited<ReturnType<typeof openCountingProxy>>;
  beforeAll(async () => {
    proxy = await openCountingProxy();
  });
  beforeEach((context) => {
    if (!hasBoto) context.skip('python3 has no boto3');
  });
  afterAll(() => {
    proxy.close();
    fs.rmSync(home, { recursive: true });
  });

  test('finds neither its keys nor its address', async () => {
    fs.writeFileSync(path.join(home, 'job.py'), script);
    fs.writeFileSync(path.join(home, 'config'), '[profile prod]\naws_access_key_id = AKIAPROD\nregion = eu-west-1\n');
    const runtime = await openRuntime({
      home: path.join(home, '.gluewright'),
      root: home,
      clock: createRealClock(),
      pipelines: [],
      jobs: {
        look: { name: 'look', type: 'pythonshell', script: 'job.py', args: {}, maxConcurrentRuns: 1 },
      },
      env: {
        PATH: process.env.PATH,
        HOME: home,
        AWS_ACCESS_KEY_ID: 'AKIAPROD',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'token',
        AWS_PROFILE: 'prod',
        AWS_CONFIG_FILE: path.join(home, 'config'),
        AWS_ENDPOINT_URL_S3: 'https://s3.eu-west-1.amazonaws.com',
        HTTPS_PROXY: proxy.url,
        NO_PROXY: 'amazonaws.com,.internal',
      },
    });
    try {
      const { JobRunId = '' } = await runtime.clients.glue.send(new StartJobRunCommand({ JobName: 'look' }));
      const folder = runtime.runFolder(JobRunId);
      await expect
        .poll(
          async () =>
            (await runtime.clients.glue.send(new GetJobRunCommand({ JobName: 'look', RunId: JobRunId }))).JobRun
              ?.JobRunState,
          { timeout: 30_000, interval: 50 },
        )
        .toMatch(/SUCCEEDED|FAILED/);
      const output = fs.readFileSync(folder?.output ?? '', 'utf8');
      expect(fs.readFileSync(folder?.error ?? '', 'utf8')).toBe('');
      const found = JSON.parse(output);
      expect(found.keys).toEqual([expect.stringMatching(/^LOCAL/), 'local', null]);
      expect((await fetch(found.aws.AWS_ENDPOINT_URL)).status).toBe(403);
      expect(JSON.stringify(found.aws)).not.toMatch(/AKIAPROD|secret|token|prod|amazonaws/);
      expect(found.aws.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect([found.account, found.jobs]).toEqual(['000000000000', ['look']]);
      expect(found.profile).toContain('ProfileNotFound');
      expect(found.written).toContain('ProxyConnectionError');
      expect(found.bare).toContain('403');
      expect(found.elsewhere).toContain('418');
      expect(proxy.asked).toEqual(['example.test:443']);
      expect(fs.readFileSync(path.join(home, '.gluewright/s3/lake/a.txt'), 'utf8')).toBe('here');
    } finally {
      await runtime.close();
    }
  }, 60_000);
});

test('variables that give access to an account are reported, except the dummy keys of dev', () => {
  expect(accountVariablesIn({ AWS_PROFILE: 'prod', AWS_REGION: 'eu-west-1', AWS_SESSION_TOKEN: '' })).toEqual([
    'AWS_PROFILE',
  ]);
  expect(accountVariablesIn({ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' })).toEqual([]);
});

test('a job’s own variables cannot restore access to an account', () => {
  const env = jobEnvironment({
    shell: { aws_profile: 'prod', PYTHONPATH: '/mine', NO_PROXY: '*.com,.s3.amazonaws.com,db.internal' },
    own: { AWS_ENDPOINT_URL: 'https://s3.amazonaws.com', MODE: 'test', AWS_ACCESS_KEY_ID: 'AKIA' },
    endpoint: { url: 'http://127.0.0.1:1', key: 'LOCAL' },
    emptyFile: '/empty',
    buckets: '/buckets',
    python: ['/python'],
  });
  expect(env).toMatchObject({
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ACCESS_KEY_ID: 'LOCAL',
    MODE: 'test',
    PYTHONPATH: '/python:/mine',
    NO_PROXY: '127.0.0.1,localhost,db.internal',
  });
  expect(env).not.toHaveProperty('aws_profile');
});

test.each([
  ['s3.amazonaws.com', true],
  ['bucket.s3.cn-north-1.amazonaws.com.cn', true],
  ['lambda.eu-west-1.api.aws', true],
  ['amazonaws.com.example.org', false],
  ['notamazonaws.com', false],
])('%s is AWS: %s', (host, is) => {
  expect(isAws(host)).toBe(is);
});
