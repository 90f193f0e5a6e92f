import { askEarly } from './api/early.ts';
import { firstPaths } from './page/first-paths.ts';
import { parseRoute } from './page/parse-route.ts';

askEarly(firstPaths(parseRoute(location.hash)));
