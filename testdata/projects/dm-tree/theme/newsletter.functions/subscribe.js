const axios = require('axios');

exports.main = async (context, sendResponse) => {
  const { email } = context.body;
  const answer = await axios.post(
    `${process.env.NEWSLETTER_URL || 'http://127.0.0.1:9'}/subscribers`,
    { email },
    { headers: { Authorization: `Bearer ${process.env.NEWSLETTER_TOKEN}` } }
  );
  sendResponse({ statusCode: answer.status, body: answer.data });
};
