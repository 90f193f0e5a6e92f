import { PutObjectCommand } from '@aws-sdk/client-s3';
import { readObjectCreated } from '../shared/events/object-created.ts';
import { awaitTrue } from './await-true.ts';
import { act, asAssumed, type Check } from './check.ts';

const keys = ['keys/plain.csv', 'keys/a b.csv', 'keys/zürich/日本 1.csv', 'keys/a+b%20c=d&e.csv'];

export const s3Keys: Check = {
  name: 's3-keys',
  assumes: 'keys stand in events as they are, not URL-encoded, with spaces and non-ASCII letters',
  cost: 0.0001,
  async run(account) {
    const bucket = await account.makeBucket();
    for (const key of keys) await account.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'x' }));
    const told = async () =>
      (await account.events())
        .filter(({ detailType }) => detailType === 'Object Created')
        .map(({ whole }) => readObjectCreated(whole).key)
        .filter((key) => key.startsWith('keys'));
    const all = await awaitTrue(account, 300, async () => {
      const seen = await told();
      return seen.length >= keys.length ? seen : undefined;
    });
    if (all === undefined) return act(`${(await told()).length} of ${keys.length} events within five minutes`);
    const strange = all.filter((key) => !keys.includes(key));
    if (strange.length > 0) return act(`keys that nobody put: ${strange.join(', ')}`);
    return asAssumed(`${keys.length} keys as they were put, in ${all.length} events`);
  },
};
