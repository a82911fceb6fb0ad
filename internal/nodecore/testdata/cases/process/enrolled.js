const timers = require('timers');

exports.main = async () => {
  const events = [];
  const item = { _onTimeout() { events.push('called'); } };
  timers.enroll(item, 5);
  events.push(item._idleTimeout);
  timers.active(item);
  await new Promise((resolve) => setTimeout(resolve, 30));
  timers.active(item);
  timers.unenroll(item);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return [events, item._idleTimeout, process.mainModule === require.main, ...[['nope'], ['/a', 'http://b'], ['http://x/ y']].map((args) => { const u = URL.parse(...args); return u && u.href; })];
};
