// Lives as long as the instance is warm, as on HubSpot: a cache, not a database.
const visits = new Map();

exports.main = async ({ body }, sendResponse) => {
  if (!body || typeof body.page !== 'string') {
    console.warn('no page in', body);
    sendResponse({ statusCode: 400, body: { error: 'page is missing' } });
    return;
  }
  visits.set(body.page, (visits.get(body.page) || 0) + 1);
  sendResponse({ statusCode: 200, body: Object.fromEntries(visits) });
};
