import type { Example } from '../kit/example.ts';
import type { Random } from '../kit/random.ts';

export const movielens: Example = {
  about: 'three preparations, two aggregates, two crawls, and a clean-up whatever fails',
  pipeline: 'movielens',
  params: { delivery: 'first' },
  prepare({ put, random }) {
    for (const [name, text] of Object.entries(delivery(random))) put(`s3://landing/movielens/first/${name}.csv`, text);
  },
  report: () => 's3://lake/best_films/films.csv',
};

/** Data like MovieLens, with rows that lack a key and duplicate ratings. */
export function delivery(random: Random): Readonly<Record<'movies' | 'ratings' | 'tags', string>> {
  const films = Array.from({ length: 40 }, (_, index) => index + 1);
  const movies = films.map((film) => `${film},"Film ${film}, The (${1950 + random.whole(70)})",Drama|Comedy`);
  const ratings = Array.from({ length: 1_500 }, () => {
    const film = random.whole(50) === 0 ? '' : 1 + random.whole(42);
    return `${1 + random.whole(200)},${film},${(1 + random.whole(10)) / 2},${1_600_000_000 + random.whole(1_000_000)}`;
  });
  const tags = Array.from({ length: 300 }, () => {
    const tag = random.pick(['slow', 'Slow', 'funny', 'dark', 'based on a book', '']);
    return `${1 + random.whole(200)},${1 + random.whole(42)},${tag},${1_600_000_000 + random.whole(1_000_000)}`;
  });
  const file = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
  return {
    movies: file('movieId,title,genres', movies),
    ratings: file('userId,movieId,rating,timestamp', ratings),
    tags: file('userId,movieId,tag,timestamp', tags),
  };
}
