const { total } = require('./lib/prices');

exports.main = async (context, sendResponse) => {
  if (context.method === 'GET') {
    sendResponse({ statusCode: 200, body: { items: [], currency: process.env.CURRENCY } });
    return;
  }
  const items = context.body.items;
  if (!Array.isArray(items)) {
    sendResponse({ statusCode: 400, body: { error: 'items must be a list' } });
    return;
  }
  sendResponse({
    statusCode: 201,
    body: { total: total(items), currency: process.env.CURRENCY },
  });
};
