/** The source of the events that Gluewright puts on the bus: see `docs/events.md`. */
export const domainSource = 'gluewright';
