const { each } = require('./_versions');

// A body that contains itself: two versions recurse until the stack is full.
exports.main = each((axios, { url }) => ({
  async circular() {
    const a = {};
    a.a = a;
    return (await axios.post(`${url}/echo`, a)).data;
  },
}));
