"""Writes `dateutil.jsonl`: rules of every part, and the dates that python-dateutil gives for them.

    pip install python-dateutil==2.9.0.post0
    python3 tests/data/make_dateutil.py > tests/data/dateutil.jsonl

A line is a rule, its first date, its next dates (8 at most), and where it ends how many there are and the last of them. The seed is fixed, so the
same rules come again. Left out is what RFC 5545 says otherwise than dateutil does:

- a weekday with a number beside one without (`MO,-1MO`): dateutil takes the days that are both, the RFC means either;
- `BYSETPOS` in the first week of a weekly rule: dateutil chooses among the days from the start on, the RFC among the whole week. Such rules start on
  the first day of a week here;
- `BYWEEKNO` without any day: dateutil gives the whole week, the RFC takes the weekday of the start;
- weeks counted from the end of the year other than the last: dateutil leaves out those of the year that begins in December.
"""

import json
import random
import warnings
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

SEED = 5545
RULES = 1000
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
HORIZON = datetime(2034, 1, 1)


def some(chance, numbers, most=3):
    """Up to `most` of the numbers, or none."""
    if chance < random.random():
        return []
    return sorted(random.sample(numbers, random.randint(1, most)))


def without_zero(lowest, highest):
    return [number for number in range(lowest, highest + 1) if number != 0]


def rule_and_start():
    frequency = random.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    starts = datetime(2020, 1, 1) + timedelta(days=random.randrange(1500))
    parts = {"FREQ": [frequency]}
    if random.random() < 0.5:
        parts["INTERVAL"] = [random.choice([2, 2, 2, 3, 4, 5, 6, 10, 13])]
    parts["BYMONTH"] = some(0.35, list(range(1, 13)), 4)
    if frequency != "WEEKLY":
        parts["BYMONTHDAY"] = some(0.3, without_zero(-31, 31))
    if frequency == "YEARLY":
        if random.random() < 0.25:
            parts["BYWEEKNO"] = some(1, [-1, *range(1, 54)])
        parts["BYYEARDAY"] = some(0.2, without_zero(-366, 366), 4)
    days = some(0.55, WEEKDAYS, 4)
    if parts.get("BYWEEKNO") and not days:
        days = [random.choice(WEEKDAYS)]
    if days and frequency in ("MONTHLY", "YEARLY") and not parts.get("BYWEEKNO") and random.random() < 0.5:
        most = 5 if frequency == "MONTHLY" or parts["BYMONTH"] else 53
        numbers = without_zero(-5, 5) if random.random() < 0.7 else without_zero(-most, most)
        days = [f"{random.choice(numbers)}{day}" for day in days]
    parts["BYDAY"] = days
    week_start = random.choice([None, None, *WEEKDAYS])
    if week_start:
        parts["WKST"] = [week_start]
    if any(parts.get(name) for name in ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYMONTH", "BYWEEKNO")):
        parts["BYSETPOS"] = some(0.2, without_zero(-4, 4))
    if parts.get("BYSETPOS") and frequency == "WEEKLY":
        first = WEEKDAYS.index(week_start or "MO")
        starts -= timedelta(days=(starts.weekday() - first) % 7)
    end = random.random()
    if end < 0.25:
        parts["COUNT"] = [random.randint(1, 60)]
    elif end < 0.5:
        parts["UNTIL"] = [(starts + timedelta(days=random.randrange(1500))).strftime("%Y%m%d")]
    text = ";".join(f"{name}={','.join(map(str, values))}" for name, values in parts.items() if values)
    return text, starts


def judged(text, starts):
    """The first dates up to the horizon, and how many there are with the last where the rule ends before it."""
    rule = rrulestr(text, dtstart=starts)
    # A rule that no day fits would be looked for up to the year 9999.
    ends = rule._until is not None
    dates = rule if ends else rule.replace(until=HORIZON)
    first, rest = [], 0
    last = None
    for date in dates:
        if len(first) < 8:
            first.append(date)
        elif "COUNT" not in text and not ends:
            break
        last, rest = date, rest + 1
    line = {"rule": text, "starts": f"{starts:%Y-%m-%d}", "dates": [f"{date:%Y-%m-%d}" for date in first]}
    if ends or rest == rule._count:
        line["count"], line["last"] = rest, last and f"{last:%Y-%m-%d}"
    return line


def main():
    warnings.simplefilter("ignore")
    random.seed(SEED)
    seen = set()
    while len(seen) < RULES:
        text, starts = rule_and_start()
        if text in seen:
            continue
        line = judged(text, starts)
        if not line["dates"]:
            continue
        seen.add(text)
        print(json.dumps(line, separators=(",", ":")))


if __name__ == "__main__":
    main()
