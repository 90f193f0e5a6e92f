"""Euros for one unit of each currency, as text. A real job asks a bank for the rates of the day."""

from gluewright import read_args, write_output

RATES = {"EUR": "1", "USD": "0.9217", "GBP": "1.1836", "CHF": "1.0542"}

args = read_args("day", "currencies")
currencies = [currency for currency in args.currencies.split(",") if currency]
missing = [currency for currency in currencies if currency not in RATES]
if missing:
    raise SystemExit(f"no rate of {args.day} for {', '.join(missing)}")
write_output({currency: RATES[currency] for currency in currencies})
