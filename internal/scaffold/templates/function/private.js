// Called from UI extensions: hubspot.serverless({{js .Name}}, { parameters: { name } }).
exports.main = async (context = {}) => {
  const { name = 'world' } = context.parameters ?? {};
  return { message: `Hello, ${name}!` };
};
