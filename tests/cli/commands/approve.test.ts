import { userInfo } from 'node:os';
import { expect, test, vi } from 'vitest';
import { createProject, gluewright } from '../project-folder.ts';
import { startDev } from '../start-dev.ts';

const files = {
  'statemachines/report.yml': `pipeline: report
tasks:
  check: { approval: "Publish it?" }
  pause: { wait: 0s, after: check }
`,
};

type Shown = { status: string; tasks: { name: string; state: string; attempts: { reason?: string }[] }[] };

async function shown(root: string): Promise<Shown> {
  return JSON.parse((await gluewright(root, 'show', 'latest', '--json')).out);
}

async function waits(root: string): Promise<void> {
  await gluewright(root, 'run', 'report', '--detach');
  await vi.waitFor(async () => expect((await shown(root)).tasks[0]?.state).toBe('running'), {
    timeout: 30_000,
    interval: 200,
  });
}

test('somebody approves what a run of a running dev waits for, or rejects it', { timeout: 120_000 }, async () => {
  const root = createProject(files);
  await startDev(root);
  await waits(root);
  expect(await gluewright(root, 'approve', 'latest', 'pause')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/pause of report-\S+ does not wait for a decision/),
  });
  const approved = await gluewright(root, 'approve', 'latest', 'check', '--note', 'fine');
  expect(approved).toMatchObject({ code: 0, out: expect.stringMatching(/^check of report-\S+ is approved by \S+\n$/) });
  await vi.waitFor(async () => expect((await shown(root)).status).toBe('SUCCEEDED'), {
    timeout: 30_000,
    interval: 200,
  });
  const [check] = (await shown(root)).tasks;
  expect(check?.attempts[0]?.reason).toMatch(new RegExp(`^approved by ${userInfo().username} at \\S+: fine$`));

  await waits(root);
  expect(JSON.parse((await gluewright(root, 'reject', 'latest', 'check', '--json')).out)).toMatchObject({
    approved: false,
  });
  await vi.waitFor(async () => expect((await shown(root)).status).toBe('FAILED'), { timeout: 30_000, interval: 200 });
});
