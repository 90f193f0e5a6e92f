import { above, type Mistake, reading, tasks } from './mistake.ts';

export const inputMistakes: readonly Mistake[] = [
  {
    title: 'a default is of its type',
    text: above('params: { n: { type: integer, default: 1.5 } }'),
    found: ['bad-default: 1'],
  },
  {
    title: 'a date is one that the calendar has',
    text: above('params: { d: { type: date, default: 2026-02-30 } }'),
    found: ['bad-default: 2026-02-30'],
  },
  {
    title: 'a default cannot read parameters',
    text: above('params: { d: { type: date, default: "{% $params.x %}" } }'),
    found: ['default-reads: $params'],
  },
  {
    title: 'a key pattern has to be one',
    text: above('triggers: { t: { s3: { bucket: abc, key: "x/{day" } } }'),
    found: ['bad-key-pattern: {'],
  },
  {
    title: 'a trigger gives what has no default',
    text: above('params: { d: { type: date } }', 'triggers: { t: { s3: { bucket: abc, key: "*" } } }'),
    found: ['param-without-value: t'],
    remedy: 'bind it in the key, as {d}, or give it a default',
  },
  {
    title: 'a default that reads $interval needs an interval',
    text: above(
      'params: { d: { type: date, default: "{% $interval.start %}" } }',
      'triggers: { t: { s3: { bucket: abc, key: "*" } } }',
    ),
    found: ['no-interval: t'],
  },
  {
    title: 'unless the key gives the parameter',
    text: above(
      'params: { d: { type: date, default: "{% $interval.start %}" } }',
      'triggers: { t: { s3: { bucket: abc, key: "{d}/*" } } }',
    ),
    found: [],
  },
  {
    title: 'an argument that reads $interval needs an interval from every trigger',
    text: `triggers: { t: { s3: { bucket: abc, key: "*" } } }\n${reading('{% $interval.start %}')}`,
    found: ['no-interval: $interval'],
  },
  {
    title: 'a batch ends some time',
    text: above('triggers: { t: { s3: { bucket: abc, key: "*" }, batch: { quiet: 2h, window: 1h } } }'),
    found: ['batch-quiet: 2h'],
  },
  {
    title: 'a batch has something that ends it',
    text: above('triggers: { t: { s3: { bucket: abc }, batch: {} } }'),
    found: ['batch-without-end: {'],
  },
  {
    title: 'a marker lies in the folder that binds the parameters',
    text: above(
      'params: { d: { type: date }, x: { type: string } }',
      'triggers: { t: { s3: { bucket: abc, key: "{d}/{x}.csv" }, batch: { marker: _SUCCESS, window: 1h } } }',
    ),
    found: ['marker-without-params: _SUCCESS'],
    remedy: 'bind parameters only in the folders of the key, or end the batch another way',
  },
  {
    title: 'a regular expression is one that takes linear time',
    text: above('triggers: { t: { s3: { bucket: abc, match: "^(a+)+(?=b)" } } }'),
    found: ['bad-regex: ('],
  },
  {
    title: 'sizes are not the wrong way round',
    text: above('triggers: { t: { s3: { bucket: abc, size: { min: 2MB, max: 10 } } } }'),
    found: ['no-size: {'],
  },
  {
    title: 'a pipeline does not start itself',
    text: above('triggers: { t: { pipeline: { name: p } } }'),
    found: ['own-pipeline: p'],
  },
  {
    title: 'a pipeline does not wait for itself',
    text: `triggers: { t: { datasets: { any: [x] } } }\n${tasks('a: { glue-job: j, publishes: x }')}`,
    found: ['own-dataset: x'],
  },
  {
    title: 'a time zone is spelt as IANA does',
    text: above('triggers: { t: { schedule: rate(1 day), timezone: europe/berlin } }'),
    found: ['bad-timezone: europe'],
    remedy: 'did you mean `Europe/Berlin`?',
  },
  {
    title: 'what happens once has no interval before it',
    text: above('triggers: { t: { schedule: "at(2026-11-22T03:00:00)", interval: schedule } }'),
    found: ['no-interval: schedule'],
  },
  {
    title: 'a deadline is a time of day',
    text: above('triggers: { t: { datasets: { any: [x] }, by: 7 o’clock } }'),
    found: ['wrong-type: 7'],
  },
  {
    title: 'there is one deadline',
    text: above('triggers: { t: { datasets: { any: [x] }, by: "07:00", within: 7d } }'),
    found: ['two-deadlines: within'],
  },
  {
    title: 'what is optional is so until a deadline',
    text: above('triggers: { t: { datasets: { any: [x] }, optional: y } }'),
    found: ['no-deadline: optional'],
  },
  {
    title: 'what must be there is not optional',
    text: above('triggers: { t: { datasets: { any: [x] }, optional: [x], by: "07:00" } }'),
    found: ['optional-dataset: ['],
  },
];
