const crypto = require('crypto');

exports.main = (context, sendResponse) => {
  const signature = crypto
    .createHmac('sha256', process.env.EVENTS_SIGNING_KEY || '')
    .update(JSON.stringify(context.body))
    .digest('hex');
  sendResponse({
    statusCode: 202,
    headers: { 'X-Queue': process.env.QUEUE },
    body: { signature, currency: process.env.CURRENCY },
  });
};
