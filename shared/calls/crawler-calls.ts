import {
  GetCrawlerCommand,
  type GetCrawlerCommandInput,
  GlueClient,
  ListCrawlsCommand,
  type ListCrawlsCommandInput,
  StartCrawlerCommand,
  type StartCrawlerCommandInput,
  StopCrawlerCommand,
  type StopCrawlerCommandInput,
} from '@aws-sdk/client-glue';
import type { Clients } from './clients.ts';

export const crawlerCalls = {
  'glue:StartCrawler': (of: Clients, input: StartCrawlerCommandInput) =>
    of(GlueClient).send(new StartCrawlerCommand(input)),
  'glue:GetCrawler': (of: Clients, input: GetCrawlerCommandInput) => of(GlueClient).send(new GetCrawlerCommand(input)),
  'glue:ListCrawls': (of: Clients, input: ListCrawlsCommandInput) => of(GlueClient).send(new ListCrawlsCommand(input)),
  'glue:StopCrawler': (of: Clients, input: StopCrawlerCommandInput) =>
    of(GlueClient).send(new StopCrawlerCommand(input)),
};
