import { above, type Mistake, reading, tasks } from './mistake.ts';

export const inputMistakes: readonly Mistake[] = [
  {
    title: 'a default of another type is refused',
    text: above('params: { n: { type: integer, default: 1.5 } }'),
    found: ['bad-default: 1'],
  },
  {
    title: 'a date that the calendar lacks is refused',
    text: above('params: { d: { type: date, default: 2026-02-30 } }'),
    found: ['bad-default: 2026-02-30'],
  },
  {
    title: 'a default cannot read parameters',
    text: above('params: { d: { type: date, default: "{% $params.x %}" } }'),
    found: ['default-reads: $params'],
  },
  {
    title: 'an invalid key pattern is refused',
    text: above('triggers: { t: { s3: { bucket: abc, key: "x/{day" } } }'),
    found: ['bad-key-pattern: {'],
  },
  {
    title: 'a trigger must give parameters without a default',
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
    title: 'a key that binds the parameter needs no interval',
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
    title: 'a quiet time beyond the window is refused',
    text: above('triggers: { t: { s3: { bucket: abc, key: "*" }, batch: { quiet: 2h, window: 1h } } }'),
    found: ['batch-quiet: 2h'],
  },
  {
    title: 'a batch without a rule that ends it is refused',
    text: above('triggers: { t: { s3: { bucket: abc }, batch: {} } }'),
    found: ['batch-without-end: {'],
  },
  {
    title: 'a marker outside the folder that binds the parameters is refused',
    text: above(
      'params: { d: { type: date }, x: { type: string } }',
      'triggers: { t: { s3: { bucket: abc, key: "{d}/{x}.csv" }, batch: { marker: _SUCCESS, window: 1h } } }',
    ),
    found: ['marker-without-params: _SUCCESS'],
    remedy: 'bind parameters only in the folders of the key, or end the batch another way',
  },
  {
    title: 'a regular expression that cannot match in linear time is refused',
    text: above('triggers: { t: { s3: { bucket: abc, match: "^(a+)+(?=b)" } } }'),
    found: ['bad-regex: ('],
  },
  {
    title: 'a minimum above the maximum is refused',
    text: above('triggers: { t: { s3: { bucket: abc, size: { min: 2MB, max: 10 } } } }'),
    found: ['no-size: {'],
  },
  {
    title: 'a pipeline that starts itself is refused',
    text: above('triggers: { t: { pipeline: { name: p } } }'),
    found: ['own-pipeline: p'],
  },
  {
    title: 'a pipeline that waits for its own dataset is refused',
    text: `triggers: { t: { datasets: { any: [x] } } }\n${tasks('a: { glue-job: j, publishes: x }')}`,
    found: ['own-dataset: x'],
  },
  {
    title: 'a time zone in lower case gets its IANA name',
    text: above('triggers: { t: { schedule: rate(1 day), timezone: europe/berlin } }'),
    found: ['bad-timezone: europe'],
    remedy: 'did you mean `Europe/Berlin`?',
  },
  {
    title: 'a schedule that fires once has no interval',
    text: above('triggers: { t: { schedule: "at(2026-11-22T03:00:00)", interval: schedule } }'),
    found: ['no-interval: schedule'],
  },
  {
    title: 'a deadline that is not a time of day is refused',
    text: above('triggers: { t: { datasets: { any: [x] }, by: 7 o’clock } }'),
    found: ['wrong-type: 7'],
  },
  {
    title: 'two deadlines are refused',
    text: above('triggers: { t: { datasets: { any: [x] }, by: "07:00", within: 7d } }'),
    found: ['two-deadlines: within'],
  },
  {
    title: 'optional datasets need a deadline',
    text: above('triggers: { t: { datasets: { any: [x] }, optional: y } }'),
    found: ['no-deadline: optional'],
  },
  {
    title: 'a dataset cannot be required and optional',
    text: above('triggers: { t: { datasets: { any: [x] }, optional: [x], by: "07:00" } }'),
    found: ['optional-dataset: ['],
  },
];
