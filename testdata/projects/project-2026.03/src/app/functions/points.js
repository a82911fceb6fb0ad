exports.main = async ({ parameters = {}, propertiesToSend = {} }) => {
  const { factor = 1 } = parameters;
  return { points: Math.floor(Number(propertiesToSend.amount || 0) * factor) };
};
