"""Euros for one unit of a currency, as text. A real function asks a bank for the rates of `event["day"]`."""

RATES = {"EUR": "1", "USD": "0.9217", "GBP": "1.1836", "CHF": "1.0542"}


def handler(event, context):
    missing = [currency for currency in event["currencies"] if currency not in RATES]
    if missing:
        raise LookupError(f"no rate of {event['day']} for {', '.join(missing)}")
    return {currency: RATES[currency] for currency in event["currencies"]}
