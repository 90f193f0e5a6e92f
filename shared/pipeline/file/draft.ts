import type * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject, present } from '../../json.ts';
import type { JoinRule } from '../../model/pipeline.ts';
import type { Trigger } from '../../model/trigger.ts';
import { listOf } from '../../reading/fields.ts';
import { objectOf } from '../../reading/read-shape.ts';
import { kindOf, kindsIn, type Work } from '../../tasks/kinds.ts';
import { kindOfWritten, triggerKind, triggerSchema, type WrittenTrigger } from '../../triggers/kinds/kinds.ts';
import type { TriggerKind } from '../../triggers/kinds/trigger-kind.ts';
import * as schema from './schema.ts';

/** The readable parts of a file, so that every check runs in one pass. */
export type Draft = {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly params: ReadonlyMap<string, DraftParam>;
  readonly triggers: ReadonlyMap<string, DraftTrigger>;
  readonly runs: z.output<typeof schema.runs>;
  readonly notify: z.output<typeof schema.notify> | undefined;
  readonly defaults: z.output<typeof schema.defaults>;
  readonly tasks: ReadonlyMap<string, DraftTask>;
  /** `tasks` is an empty mapping. */
  readonly empty: boolean;
  /** Every name in the file, including those with mistakes: reading one of them is no further mistake. */
  readonly declared: { readonly params: ReadonlySet<string>; readonly tasks: ReadonlySet<string> };
};

export type DraftParam = z.output<typeof schema.param>;

export type DraftTrigger = {
  readonly kind: TriggerKind<Trigger, WrittenTrigger>;
  readonly written: WrittenTrigger;
  /** With its defaults. */
  readonly trigger: Trigger;
};

export type DraftTask = {
  readonly name: string;
  readonly fields: z.output<typeof schema.commonFields>;
  readonly after: readonly string[];
  readonly when: JoinRule;
  /** False: parts of `after` could not be read, so what is upstream is uncertain. */
  readonly complete: boolean;
  readonly work: Work | undefined;
  /** False: parts of `local` or of the kind's fields could not be read, which has been reported. */
  readonly whole: boolean;
  /** The task's own keys, for fields that only its kind knows. */
  readonly read: JsonObject;
};

/** `document` is the file's content, `read` what `readShape` accepted. */
export function toDraft(document: Json, read: Json | undefined): Draft {
  const root = objectOf(read);
  const runs = schema.runs.safeParse(root.runs ?? {});
  const defaults = schema.defaults.safeParse(root.defaults ?? {});
  const written = objectOf(objectOf(document).tasks);
  const tasks = Object.entries(objectOf(root.tasks)).flatMap(
    ([name, task]) => toDraftTask(name, objectOf(task), objectOf(written[name])) ?? [],
  );
  return {
    name: typeof root.pipeline === 'string' ? root.pipeline : undefined,
    description: typeof root.description === 'string' ? root.description : undefined,
    params: parsed(root.params, (value) => schema.param.safeParse(value).data),
    triggers: parsed(root.triggers, toDraftTrigger),
    runs: runs.data ?? {},
    notify: schema.notify.safeParse(root.notify).data,
    defaults: defaults.data ?? {},
    tasks: new Map(tasks.map((task) => [task.name, task])),
    empty: isJsonObject(objectOf(document).tasks) && Object.keys(written).length === 0,
    declared: {
      params: new Set(Object.keys(objectOf(objectOf(document).params))),
      tasks: new Set(Object.keys(written)),
    },
  };
}

function toDraftTrigger(value: Json): DraftTrigger | undefined {
  const written = triggerSchema.safeParse(value).data;
  if (written === undefined) return undefined;
  const kind = triggerKind(kindOfWritten(written));
  return { kind, written, trigger: { ...kind.read(written), ...present({ priority: written.priority }) } };
}

function toDraftTask(name: string, read: JsonObject, written: JsonObject): DraftTask | undefined {
  const common = schema.commonFields.safeParse(read);
  if (!common.success) return undefined;
  const fields = common.data;
  const after = listOf(fields.after);
  const [kind, other] = kindsIn(read);
  return {
    name,
    fields,
    after,
    when: typeof fields.when === 'object' ? { atLeast: fields.when.at_least } : (fields.when ?? 'all_succeeded'),
    complete: listOf(written.after).length === after.length && (fields.when !== undefined) === 'when' in written,
    work: kind !== undefined && other === undefined ? kindOf(kind).file.read(read) : undefined,
    whole: ['local', ...Object.keys(kind === undefined ? {} : kindOf(kind).file.fields)].every(
      (key) => JSON.stringify(read[key]) === JSON.stringify(written[key]),
    ),
    read,
  };
}

function parsed<T>(record: Json | undefined, parse: (value: Json) => T | undefined): Map<string, T> {
  const entries = Object.entries(objectOf(record)).flatMap(([key, value]) => {
    const result = parse(value);
    return result === undefined ? [] : [[key, result] as const];
  });
  return new Map(entries);
}
