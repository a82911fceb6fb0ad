const pages = require('./pages.json');

exports.main = ({ params }, sendResponse) => {
  const words = (params.q || []).map(word => word.toLowerCase());
  const found = pages.filter(page => words.every(word => page.title.toLowerCase().includes(word)));
  sendResponse({ statusCode: 200, body: { results: found } });
};
