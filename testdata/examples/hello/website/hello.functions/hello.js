const { greet } = require('./lib/greeting');

exports.main = (context, sendResponse) => {
  // Every query parameter is a list.
  const [name = 'world'] = context.params.name || [];
  console.log('greeting %s', name);
  sendResponse({
    statusCode: 200,
    body: { message: greet(name), site: process.env.SITE_NAME },
  });
};
