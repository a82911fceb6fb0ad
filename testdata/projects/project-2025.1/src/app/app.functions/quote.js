const PRICE_PER_SEAT = 12.5;

exports.main = async (context = {}) => {
  const { seats } = context.parameters;
  console.log('quote for', seats, 'seats', context.propertiesToSend);
  return { total: seats * PRICE_PER_SEAT, signed: Boolean(process.env.PRIVATE_APP_ACCESS_TOKEN) };
};
