import { expect, test } from 'vitest';
import { unknownChannels } from '../../../../shared/deploy/checks/check-channels.ts';
import { pipeline, settings } from '../example.ts';

const projectWith = (notify: Record<string, true>) => ({
  settings,
  pipelines: [{ pipeline: { ...pipeline('orders'), notify } }],
});

test('a pipeline may name the channels of the project', () => {
  expect(unknownChannels(projectWith({ oncall: true }))).toEqual([]);
});

test('a channel that the project does not describe is an error, with the channels that it has', () => {
  expect(unknownChannels(projectWith({ onkall: true }))).toMatchObject([
    {
      severity: 'error',
      message: 'there is no channel onkall',
      remedy: 'the project has oncall; others are described in serverless.yml, under custom.gluewright.notify',
    },
  ]);
});

test('without any channel, the remedy shows how to describe one', () => {
  const project = { ...projectWith({ chat: true }), settings: { ...settings, channels: {} } };
  expect(unknownChannels(project)[0]?.remedy).toContain('notify: {chat: {email: [name@example.com]}}');
});
