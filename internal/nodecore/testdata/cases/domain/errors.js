// What aws-sdk 2 uses of domains.
const domain = require('domain');
const { EventEmitter } = require('events');

exports.main = async () => {
  const out = [];
  const d = domain.create();
  d.on('error', (e) => out.push(['error', e.message, e.domain === d]));
  out.push(d.run((a) => [a, process.domain === d, domain.active === d], 1));
  out.push(process.domain === d, d.members.length);
  d.bind(() => { out.push(process.domain === d); })();
  const emitter = new EventEmitter();
  d.add(emitter);
  out.push(d.members.length);
  emitter.emit('error', new Error('emitted'));
  d.remove(emitter);
  out.push(d.members.length);
  d.intercept(() => out.push('not called'))(new Error('intercepted'));
  d.intercept((v) => out.push(v))(null, 'value');
  d.enter();
  out.push(process.domain === d);
  d.exit();
  out.push(process.domain === d, d instanceof EventEmitter, d instanceof domain.Domain);
  return out;
};
