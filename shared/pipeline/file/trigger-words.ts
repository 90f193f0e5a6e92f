import { scheduleFrom } from '../../time/schedule-from.ts';
import { say, type Words } from './foreign-words.ts';

export const triggerWords: Words = {
  ...{
    cron: (value) => ({
      remedy: `write \`schedule: "${scheduleFrom(value) ?? 'cron(0 3 * * ? *)'}"\``,
      namesKind: true,
    }),
  },
  rate: say('write `schedule: "rate(1 hour)"`'),
  ...{ bucket: say('write `s3: { bucket: NAME, key: PATTERN }`'), key: say('write it below `s3:`') },
  ...{ prefix: say('write it below `s3:`'), file: say('write `s3: { bucket: NAME, key: PATTERN }`') },
  ...{ dataset: say('write `datasets: { all: [NAME] }`'), asset: say('write `datasets: { all: [NAME] }`') },
  ...{ tz: say('write `timezone:`, such as timezone: Europe/Berlin') },
  ...{ manual: say('write `api: true`'), webhook: say('write `api: true`'), http: say('write `api: true`') },
  job: say('write `glue-job: { name: NAME }`'),
};

/** Within `s3`. */
export const s3Words: Words = {
  ...{
    events: say('remove it: the trigger waits for new objects'),
    event: say('remove it: the trigger waits for new objects'),
  },
  ...{
    pattern: say('write `key:`, such as orders/{day}/*.csv'),
    path: say('write `key:`, such as orders/{day}/*.csv'),
  },
  ...{ glob: say('write `key:`, such as orders/{day}/*.csv'), regex: say('write `match:`') },
};

export const batchWords: Words = {
  ...{ count: say('write `size`'), max: say('write `size`'), files: say('write `size`, or `expect`') },
  wait: say('write `quiet` (since the last object) or `window` (since the first)'),
  timeout: say('write `window` (since the first object)'),
};
