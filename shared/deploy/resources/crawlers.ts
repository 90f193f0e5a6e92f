import type { Crawler } from '../../pipeline/jobs/jobs-file.ts';
import { role, type Statement } from '../permissions/policy.ts';
import { type Digest, logicalId } from '../template/names.ts';
import type { Settings } from '../template/settings.ts';
import { arn, getAtt, type Resource, sub } from '../template/template.ts';

const crawlersRole = 'CrawlersRole';

/** The name in Glue of a crawler that the stack makes. Each stage has its own. */
export function crawlerName(stack: string, crawler: string): string {
  return `${stack}-${crawler}`;
}

/** The crawlers of `jobs/jobs.yml`, with their addresses on AWS, and their role. */
export function crawlerResources(
  crawlers: readonly Crawler[],
  settings: Settings,
  digest: Digest,
): Record<string, Resource> {
  if (crawlers.length === 0) return {};
  return {
    [crawlersRole]: roleOfCrawlers(crawlers, settings),
    ...Object.fromEntries(
      crawlers.map((crawler) => [logicalId('Crawler', crawler.name, '', digest), crawlerResource(crawler, settings)]),
    ),
  };
}

function crawlerResource(crawler: Crawler, settings: Settings): Resource {
  const { name, database, paths, tablePrefix, exclusions } = crawler;
  return {
    Type: 'AWS::Glue::Crawler',
    Properties: {
      Name: crawlerName(settings.stack, name),
      Role: getAtt(crawlersRole, 'Arn'),
      DatabaseName: database,
      ...(tablePrefix !== '' && { TablePrefix: tablePrefix }),
      Targets: {
        S3Targets: paths.map((Path) => ({ Path, ...(exclusions.length > 0 && { Exclusions: exclusions }) })),
      },
    },
  };
}

/** Permissions for the folders it reads, the databases it writes, and logs. */
function roleOfCrawlers(crawlers: readonly Crawler[], settings: Settings): Resource {
  const addresses = crawlers.flatMap(({ paths }) => paths.map((path) => path.replace(/^s3:\/\//, '')));
  const folders = [...new Set(addresses.map((address) => (address.includes('/') ? address : `${address}/`)))];
  const buckets = [...new Set(addresses.map((address) => address.split('/')[0] ?? ''))];
  const databases = [...new Set(crawlers.map(({ database }) => database))];
  const statements: Statement[] = [
    {
      sid: 'Data',
      actions: ['s3:GetObject'],
      resources: folders.map((folder) => sub(`arn:\${AWS::Partition}:s3:::${folder}*`)),
    },
    {
      sid: 'ListData',
      actions: ['s3:ListBucket', 's3:GetBucketLocation'],
      resources: buckets.map((bucket) => sub(`arn:\${AWS::Partition}:s3:::${bucket}`)),
    },
    {
      sid: 'Catalog',
      actions: [
        ...['glue:GetDatabase', 'glue:CreateDatabase', 'glue:GetTable', 'glue:GetTables', 'glue:CreateTable'],
        ...['glue:UpdateTable', 'glue:DeleteTable', 'glue:GetPartition', 'glue:GetPartitions'],
        ...['glue:BatchGetPartition', 'glue:BatchCreatePartition', 'glue:CreatePartition'],
        ...['glue:UpdatePartition', 'glue:BatchUpdatePartition', 'glue:DeletePartition', 'glue:BatchDeletePartition'],
      ],
      resources: [
        arn('glue', 'catalog'),
        ...databases.flatMap((database) => [arn('glue', `database/${database}`), arn('glue', `table/${database}/*`)]),
      ],
    },
    {
      sid: 'Log',
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      // Glue's own group, whose name we cannot choose
      resources: [arn('logs', 'log-group:/aws-glue/*')],
    },
  ];
  return role('glue.amazonaws.com', `Glue crawlers of ${settings.stack}`, statements);
}
