exports.main = (context, sendResponse) => sendResponse({ statusCode: 201 });
