import { name } from '../../shared/reading/fields.ts';
import { checkSchedule } from '../../shared/time/check-schedule.ts';

/** Parameters of a template of `gluewright new --template`. Their values end up in names, paths and arguments. */

export type TemplateParam = {
  readonly name: string;
  readonly about: string;
  readonly example: string;
  /** The value if none is given. Absent: the parameter is required. */
  readonly fallback?: string;
} & (
  | { readonly type: Exclude<ParamType, 'choice'> }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
);

export type ParamType = 'name' | 'bucket address' | 'column name' | 'choice' | 'cron';

/** Without a schedule, runs start only on request. */
export const noSchedule = 'none';

type ReadParam = { readonly value: string } | { readonly problem: string };

/** Checks a value that the user gave, and normalizes it. */
export function readTemplateParam(param: TemplateParam, given: string): ReadParam {
  const text = given.trim();
  switch (param.type) {
    case 'name':
      return readName(text);
    case 'bucket address':
      return readAddress(text);
    case 'column name':
      return readColumn(text);
    case 'choice':
      if (param.choices.includes(text)) return { value: text };
      return { problem: `${text} is not one of ${param.choices.join(', ')}` };
    case 'cron':
      return readCron(text);
  }
}

/** Becomes part of the names of files, jobs, crawlers and databases. Databases have `_` for `-`. */
function readName(text: string): ReadParam {
  const isName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(text) && text.length <= 40 && name.safeParse(text).success;
  if (isName) return { value: text };
  return { problem: `${text} is not a name: use up to 40 lower-case letters and digits, with single hyphens between` };
}

function readAddress(text: string): ReadParam {
  const [, bucket = '', path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*?)\/?)?$/.exec(text) ?? [];
  const parts = path === '' ? [] : path.split('/');
  const isPath = parts.every((part) => /^[A-Za-z0-9_.=-]+$/.test(part) && !/^\.+$/.test(part));
  if (bucket !== '' && isPath) return { value: ['s3:/', bucket, ...parts, ''].join('/') };
  const rule = 'write s3://BUCKET/FOLDER/ with letters, digits, - _ . and =';
  return { problem: `${text} is not the address of a folder: ${rule}` };
}

/** Becomes an argument of a job. Braces could make it an expression, and a leading hyphen an argument's name. */
function readColumn(text: string): ReadParam {
  if (/^[\p{L}\p{N}_][^\p{C}{}]*$/u.test(text) && text.length <= 128) return { value: text };
  const rule = 'begin with a letter, a digit or _, and use at most 128 characters without braces';
  return { problem: `${text} is not a column name: ${rule}` };
}

function readCron(text: string): ReadParam {
  if (text === noSchedule) return { value: text };
  if (!/^(?:at|rate)\(/.test(text)) {
    const wrong = checkSchedule(text);
    return wrong === undefined ? { value: text } : { problem: `${wrong.message}: ${wrong.remedy}` };
  }
  return { problem: `${text} is not a cron expression: write one such as cron(0 6 1 1 ? *), or ${noSchedule}` };
}
