import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readChannelsOf } from '../../../cli/open/read-channels.ts';
import { occasions } from '../../../shared/model/channel.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gluewright-channels-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function read(text: string) {
  writeFileSync(join(root, 'serverless.yml'), text);
  const warnings: string[] = [];
  return { channels: readChannelsOf(root, (warning) => warnings.push(warning)), warnings };
}

test('the channels are read from serverless.yml', () => {
  const text = `
service: shop
custom:
  gluewright:
    notify:
      oncall: { email: [a@example.com] }
      chat: { topic: 'arn:aws:sns:eu-west-1:123456789012:chat', format: amazon-q, on: [failed] }
      desk: { command: [./notify.sh] }
      bus: { event: true }
`;
  expect(read(text)).toEqual({
    channels: {
      oncall: { kind: 'email', addresses: ['a@example.com'], on: occasions },
      chat: {
        kind: 'topic',
        topicArn: 'arn:aws:sns:eu-west-1:123456789012:chat',
        format: 'amazon-q',
        on: ['failed'],
      },
      desk: { kind: 'command', command: ['./notify.sh'], on: occasions },
      bus: { kind: 'event', on: occasions },
    },
    warnings: [],
  });
});

test.each(['service: shop', 'a: [', ''])('without settings there are no channels (%j)', (text) => {
  expect(read(text)).toEqual({ channels: {}, warnings: [] });
});

test('wrong settings are reported, and notify nobody', () => {
  const { channels, warnings } = read('custom: { gluewright: { notify: { oncall: { mail: a@example.com } } } }');
  expect(channels).toEqual({});
  expect(warnings[0]).toContain('nobody is notified: notify in serverless.yml: expected {email: [addresses]}');
});
