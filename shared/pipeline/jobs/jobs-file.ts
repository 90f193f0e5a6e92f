import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Pools } from '../../model/pool.ts';
import type { Finding, Path, Report } from '../../reading/finding.ts';
import { Nearest } from '../../reading/nearest.ts';
import { placeFindings } from '../../reading/place-findings.ts';
import type { Problem } from '../../reading/problem.ts';
import { objectOf, readShape } from '../../reading/read-shape.ts';
import type { Locate } from '../../reading/source.ts';
import { readYaml } from '../../reading/yaml-source.ts';
import { checkRules } from './check-rules.ts';
import { type Crawler, toCrawler } from './crawler.ts';
import { checkCommand, checkJob, type Job, toJob } from './job.ts';
import { jobsAdvice } from './jobs-advice.ts';
import {
  crawler as crawlerSchema,
  job as jobSchema,
  jobsFile,
  local as localSchema,
  pool as poolSchema,
} from './jobs-schema.ts';

export type { Crawler } from './crawler.ts';
export type { Job, LocalJob } from './job.ts';

/** Things with mistakes are left out, and each mistake is a problem. No text makes it throw. */
export type JobsReading = {
  readonly jobs: Readonly<Record<string, Job>>;
  readonly crawlers: Readonly<Record<string, Crawler>>;
  /** Data quality rules, as DQDL. */
  readonly rulesets: Readonly<Record<string, string>>;
  readonly pools: Pools;
  readonly declared: DeclaredNames;
  /** Where parts of the file are. */
  readonly place: Locate;
  readonly problems: readonly Problem[];
};

/** All names, including things with mistakes. */
export type DeclaredNames = Readonly<Record<'job' | 'crawler' | 'ruleset' | 'pool', ReadonlySet<string>>>;

export function readJobs(text: string, file: string): JobsReading {
  const findings: Finding[] = [];
  const report: Report = (finding) => findings.push(finding);
  const { source, sound } = readYaml(text, report);
  const document = isJsonObject(source.value) ? source.value : {};
  const isRead = sound || isJsonObject(source.value);
  const read = objectOf(isRead ? readShape(jobsFile, source.value, report, new Nearest(), jobsAdvice) : undefined);
  const jobs = jobsIn(read, objectOf(document.jobs), report);
  const crawlers = crawlersIn(read);
  const rulesets = rulesetsIn(read, report);
  const wrong = new Set(findings.flatMap(({ severity, path }) => (severity === 'warning' ? [] : [thingAt(path)])));
  function faultless<Thing>(section: string, things: readonly (readonly [string, Thing])[]): Record<string, Thing> {
    return Object.fromEntries(things.filter(([name]) => !wrong.has(thingAt([section, name]))));
  }
  return {
    jobs: faultless('jobs', jobs),
    crawlers: faultless('crawlers', crawlers),
    rulesets: faultless('rulesets', rulesets),
    pools: faultless('pools', poolsIn(read)),
    declared: {
      job: new Set([...Object.keys(objectOf(document.jobs)), ...listedNames(document.jobs)]),
      crawler: new Set(Object.keys(objectOf(document.crawlers))),
      ruleset: new Set(Object.keys(objectOf(document.rulesets))),
      pool: new Set(Object.keys(objectOf(document.pools))),
    },
    place: source.place,
    problems: placeFindings(findings, source, file),
  };
}

/** The job, crawler, ruleset or pool that the path leads into. */
function thingAt([section = '', name = '']: Path): string {
  return JSON.stringify([section, name]);
}

/** Names in a list of jobs. The list is refused, but tasks may still refer to its jobs. */
function listedNames(jobs: Json | undefined): string[] {
  const listed: readonly Json[] = Array.isArray(jobs) ? jobs : [];
  return listed.flatMap((job) => (isJsonObject(job) && typeof job.name === 'string' ? [job.name] : []));
}

/** @param written the jobs before wrong parts were left out */
function jobsIn(read: JsonObject, written: JsonObject, report: Report): [string, Job][] {
  const common = localSchema.safeParse(read.local).data ?? {};
  checkCommand(common, ['local'], report);
  return Object.entries(objectOf(read.jobs)).flatMap(([name, value]) => {
    const fields = jobSchema.safeParse(value).data;
    if (fields === undefined) return [];
    const mistyped = Object.hasOwn(objectOf(written[name]), 'type') && fields.type === undefined;
    checkJob(fields, mistyped, (finding) => report({ ...finding, path: ['jobs', name, ...finding.path] }));
    return [[name, toJob(name, fields, common)]];
  });
}

function crawlersIn(read: JsonObject): [string, Crawler][] {
  return Object.entries(objectOf(read.crawlers)).flatMap(([name, value]) => {
    const fields = crawlerSchema.safeParse(value).data;
    return fields === undefined ? [] : [[name, toCrawler(name, fields)]];
  });
}

function poolsIn(read: JsonObject): [string, number][] {
  return Object.entries(objectOf(read.pools)).flatMap(([name, value]) => {
    const fields = poolSchema.safeParse(value).data;
    return fields === undefined ? [] : [[name, typeof fields === 'number' ? fields : fields.places]];
  });
}

function rulesetsIn(read: JsonObject, report: Report): [string, string][] {
  return Object.entries(objectOf(read.rulesets)).flatMap(([name, rules]) => {
    if (typeof rules !== 'string') return [];
    checkRules(rules, ['rulesets', name], report);
    return [[name, rules]];
  });
}
