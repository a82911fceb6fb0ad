exports.main = (context, sendResponse) => sendResponse({ statusCode: 200, body: 'good' });
