import { type Document, isScalar, parseDocument, visit } from 'yaml';
import type { JobsFileEntries } from './add-to-jobs-file.ts';
import { rawTemplate } from './template-files.ts';
import type { TemplateParam } from './template-params.ts';

export type Values = Readonly<Record<string, string>>;

export type PipelineTemplate = {
  readonly about: string;
  /** One is called `name`. */
  readonly params: readonly TemplateParam[];
  /** Each `jobs/SCRIPT.py` becomes `jobs/NAME-SCRIPT.py`. */
  readonly scripts: readonly string[];
  /** Checks values that depend on each other, and computes more for the files. */
  derive(values: Values): { readonly values: Values } | { readonly problem: string };
  /** Paths in the pipeline file to leave out. */
  without(values: Values): readonly (readonly string[])[];
};

export type MadeFiles = {
  /** New files by their path. */
  readonly files: ReadonlyMap<string, string>;
  /** What the jobs file gains. */
  readonly entries: JobsFileEntries;
};

/** @param values the parameters and what `derive` adds to them */
export function makeFiles(template: string, { scripts, without }: PipelineTemplate, values: Values): MadeFiles {
  const { name = '' } = values;
  const pipeline = filled(rawTemplate(template, 'pipeline.yml'), values);
  for (const path of without(values)) pipeline.deleteIn(path);
  const files = new Map([[`statemachines/${name}.yml`, pipeline.toString({ lineWidth: 0 })]]);
  for (const script of scripts) files.set(`jobs/${name}-${script}.py`, rawTemplate(template, `jobs/${script}.py`));
  return { files, entries: filled(rawTemplate(template, 'jobs.yml'), values).toJS() };
}

/** Fills in values after parsing, so that a value cannot change the structure of the file. */
function filled(text: string, values: Values): Document {
  const document = parseDocument(text);
  visit(document, {
    Scalar(_, node) {
      if (isScalar<string>(node) && typeof node.value === 'string')
        node.value = node.value.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
    },
  });
  return document;
}
