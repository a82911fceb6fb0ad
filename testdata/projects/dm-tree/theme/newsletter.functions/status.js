exports.main = (context, sendResponse) => {
  sendResponse({ statusCode: 200, body: { contact: context.contact, limits: context.limits } });
};
