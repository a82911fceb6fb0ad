// Answers {{.Method}} /_hcms/api/{{.Path}}. Query parameters are lists.
exports.main = (context, sendResponse) => {
  const [name = 'world'] = [context.params?.name].flat();
  sendResponse({
    statusCode: 200,
    body: { message: `Hello, ${name}!` },
  });
};
