// Answers {{.Method}} /hs/serverless/{{.Path}}. Query parameters are lists.
exports.main = async (context = {}) => {
  const [name = 'world'] = [context.params?.name].flat();
  return {
    statusCode: 200,
    body: { message: `Hello, ${name}!` },
  };
};
