exports.main = async ({ body, method }) => {
  if (!process.env.HOOK_KEY) {
    return { statusCode: 503, body: { error: 'HOOK_KEY is not set' } };
  }
  return { statusCode: method === 'POST' ? 201 : 200, body: { quote: body } };
};
