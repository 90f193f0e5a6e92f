import { GetCrawlerCommand, StartCrawlerCommand, StopCrawlerCommand } from '@aws-sdk/client-glue';
import { awaitTrue } from './await-true.ts';
import { asAssumed, type Check, harmless, notSettled } from './check.ts';

export const stoppedCrawler: Check = {
  name: 'stopped-crawler',
  assumes: 'a crawl that is stopped has no event; only asking tells',
  // AWS bills ten minutes of a crawler at least: 2 DPU at $0.44 an hour
  cost: 0.15,
  needs: 'crawlers',
  async run(account) {
    const Name = await account.makeCrawler(await account.makeBucket());
    const state = async () => (await account.glue.send(new GetCrawlerCommand({ Name }))).Crawler;
    await account.glue.send(new StartCrawlerCommand({ Name }));
    await account.wait(20_000);
    await account.glue.send(new StopCrawlerCommand({ Name }));
    const ready = await awaitTrue(account, 900, async () => {
      const crawler = await state();
      return crawler?.State === 'READY' ? (crawler.LastCrawl?.Status ?? 'none') : undefined;
    });
    if (ready === undefined) return notSettled('it was not stopped within a quarter of an hour');
    await account.wait(120_000);
    const events = (await account.events()).filter(({ detail }) => detail.crawlerName === Name);
    const ends = events.filter(({ detail }) => detail.state !== 'Started');
    const seen = `last crawl ${ready}; events: ${events.map(({ detail }) => detail.state).join(', ') || 'none'}`;
    return ends.length === 0 ? asAssumed(seen) : harmless(seen);
  },
};
