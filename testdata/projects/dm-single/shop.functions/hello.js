exports.main = (context, sendResponse) => {
  const name = (context.params.name || ['world'])[0];
  console.log('hello', name);
  sendResponse({
    statusCode: 200,
    body: { message: `Hello, ${name}!`, shop: process.env.SHOP_NAME },
  });
};
