import { tableName } from '../../local/crawls/table-input.ts';
import type { PipelineTemplate } from './pipeline-template.ts';
import { noSchedule } from './template-params.ts';

/** Crawl a folder, partition its rows by group and year, crawl those, and report a year's totals. */
export const lakeReport: PipelineTemplate = {
  about: 'crawls a folder, partitions its rows by group and year, and reports the totals of a year',
  params: [
    { name: 'name', type: 'name', about: 'the name of the pipeline', example: 'sales' },
    { name: 'source', type: 'bucket address', about: 'the folder of the raw data', example: 's3://landing/sales/' },
    { name: 'format', type: 'choice', about: 'the format of the raw data', example: 'json', choices: ['csv', 'json'] },
    { name: 'target', type: 'bucket address', about: 'where rows and reports go', example: 's3://lake/' },
    { name: 'group', type: 'column name', about: 'the column to group by', example: 'category' },
    { name: 'value', type: 'column name', about: 'the column to add up', example: 'price' },
    { name: 'date', type: 'column name', about: 'the column with the date', example: 'datetime' },
    {
      name: 'schedule',
      type: 'cron',
      about: `when it runs, or ${noSchedule}`,
      example: 'cron(0 6 1 1 ? *)',
      fallback: noSchedule,
    },
  ],
  scripts: ['partition', 'report'],
  derive({ name = '', source = '', target = '' }) {
    const place = `${target}${name}/`;
    if (source.startsWith(place) || place.startsWith(source))
      return { problem: `source and target overlap: the pipeline would read what it writes to ${place}` };
    const [, , bucket = '', ...folders] = source.split('/');
    return {
      values: { place, database: name.replaceAll('-', '_'), table: tableName('raw_', bucket, folders.join('/')) },
    };
  },
  without: ({ schedule }) =>
    schedule === noSchedule
      ? [
          ['triggers', 'schedule'],
          ['params', 'report_year', 'default'],
        ]
      : [],
};
