exports.main = (context, sendResponse) => {
  const id = (context.params.id || [])[0];
  if (!id) {
    throw new Error('no order id');
  }
  sendResponse({ statusCode: 204 });
};
