const { handler } = await import(process.argv[2]);
process.on('message', async ({ id, event }) => {
  try {
    process.send({ id, answer: (await handler(event, {})) ?? null });
  } catch ({ name, message }) {
    process.send({ id, error: { name, message } });
  }
});
