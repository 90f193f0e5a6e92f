import { expect, test } from 'vitest';
import type { Gathered } from '../../../shared/notices/gather.ts';
import { asAmazonQ, asText, messageOf, summaryOf } from '../../../shared/notices/message.ts';
import type { Notice } from '../../../shared/notices/notice.ts';

const notice: Notice = { occasion: 'failed', pipeline: 'orders', run: 'orders-2026-01-01', at: 0 };
const group = (count: number, fields: Partial<Notice> = {}): Gathered => ({ count, latest: { ...notice, ...fields } });
const facts = {
  sentence: 'orders-2026-01-01 failed, because load failed: no such table.',
  tasks: ['load failed: no such table.'],
  interval: { start: '2026-01-01', end: '2026-01-02' },
  log: ['reading', 'no such table'],
  link: 'https://example.com/run',
  nextTime: '2026-01-02T03:00:00.000Z',
};

test('the message of a failed run says what failed, why, and what to do', () => {
  expect(asText(messageOf('shop-prod', group(1), facts))).toBe(
    `orders failed (shop-prod)
orders-2026-01-01 failed, because load failed: no such table.
Run orders-2026-01-01, interval 2026-01-01 to 2026-01-02

The last lines of its log:
  reading
  no such table

Nothing retries this run. To run what did not succeed: gluewright rerun orders-2026-01-01
The next scheduled run starts at 2026-01-02T03:00:00.000Z.
https://example.com/run`,
  );
});

test('the message of an approval says how to decide', () => {
  const message = messageOf('shop-prod', group(1, { occasion: 'approval', task: 'check' }), { ...facts, log: [] });
  expect(message.title).toBe('orders waits for approval: check (shop-prod)');
  expect(message.next).toEqual([
    'gluewright approve orders-2026-01-01 check, or gluewright reject orders-2026-01-01 check',
  ]);
});

test('a summary has the numbers, the most frequent first', () => {
  const { title, lines } = summaryOf('shop-prod', [group(2), group(98, { pipeline: 'prices' })], 0);
  expect(title).toBe('2 pipelines: 100 runs failed (shop-prod)');
  expect(lines).toEqual([
    'prices: 98 runs failed, last orders-2026-01-01',
    'orders: 2 runs failed, last orders-2026-01-01',
  ]);
});

test('a custom notification has Amazon Q’s required fields', () => {
  expect(JSON.parse(asAmazonQ(messageOf('shop-prod', group(1), facts)))).toEqual({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: 'orders failed (shop-prod)',
      description: expect.stringContaining('```\nreading\nno such table\n```'),
      nextSteps: expect.arrayContaining([expect.stringContaining('gluewright rerun')]),
    },
    metadata: { threadId: 'shop-prod-orders', summary: 'orders failed (shop-prod)' },
  });
});

test('outside text cannot be Markdown, a mention or the end of the quoted log', () => {
  const hostile = { ...facts, sentence: '<!channel> *bold* [x](http://evil)', tasks: [], log: ['``` <@U1>'] };
  const { content } = JSON.parse(asAmazonQ(messageOf('s', group(1), hostile)));
  expect(content.description).toContain('&lt;!channel&gt; \\*bold\\* \\[x\\](http://evil)');
  expect(content.description.split('```')).toHaveLength(3);
});

test('the reason for the failure of a run is cut if a thousand tasks failed', () => {
  const sentence = `orders-2026-01-01 failed, because ${'load failed, '.repeat(1_000)}`;
  const [line] = messageOf('shop-prod', group(1), { ...facts, sentence }).lines;
  expect(line).toHaveLength(500);
  expect(line).toMatch(/^orders-2026-01-01 failed, .*…$/);
});

test('a title is at most 100 characters long', () => {
  const { title } = messageOf('s'.repeat(60), group(1, { pipeline: 'p'.repeat(64) }), facts);
  expect(title).toHaveLength(100);
});
