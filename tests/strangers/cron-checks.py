"""Reads {"after", "count", "expressions"} and prints, by library, each expression's next times in epoch milliseconds, or null."""
import datetime
import json
import re
import sys

UTC = datetime.timezone.utc
asked = json.load(sys.stdin)
after = datetime.datetime.fromtimestamp(asked['after'] / 1000, UTC)


def aws_croniter():
    from aws_croniter import AwsCroniter
    return lambda text: AwsCroniter(text).get_next(after, n=asked['count'])


def pyawscron():
    from pyawscron import AWSCron
    return lambda text: AWSCron.get_next_n_schedule(asked['count'], after, text)


def croniter():
    """It counts weekdays from 0, followed by seconds and years."""
    from croniter import croniter as Croniter

    def next_times(text):
        minute, hour, day, month, weekday, year = text.replace('?', '*').split()
        weekday = re.sub(r'(?<![#/\d])\d', lambda digit: str(int(digit[0]) - 1), weekday)
        weekday = re.sub(r'^(\d)L$', r'L\1', weekday)
        found = Croniter(f'{minute} {hour} {day} {month} {weekday} 0 {year}', after)
        return [found.get_next(datetime.datetime) for _ in range(asked['count'])]
    return next_times


def times(next_times, text):
    try:
        return [round(time.timestamp() * 1000) for time in next_times(text)]
    except Exception:
        return None


found = {}
for name, load in (('aws-croniter', aws_croniter), ('pyawscron', pyawscron), ('croniter', croniter)):
    try:
        next_times = load()
    except ImportError:
        continue
    found[name] = [times(next_times, text) for text in asked['expressions']]
json.dump(found, sys.stdout)
