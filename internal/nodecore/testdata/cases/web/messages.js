'use strict';
// MessageChannel, MessageEvent and BroadcastChannel.

function thrown(run) {
  try {
    return run();
  } catch (error) {
    return `${error.constructor.name} ${error.code} ${error.message}`;
  }
}

exports.main = async () => {
  const seen = [];
  const { port1, port2 } = new MessageChannel();
  const other = new MessageChannel();
  await new Promise((resolve) => {
    port2.on('message', (message) => seen.push(['on', message]));
    port2.addEventListener('message', (event) => {
      seen.push(['event', event.data, event.type, event.origin, event.lastEventId, event.source, event.ports.length, event.constructor.name, event.target === port2]);
    });
    port2.onmessage = (event) => {
      seen.push(['onmessage', event.data]);
      if (event.data === 'last') resolve();
    };
    const list = [1, { a: new Date(0) }];
    port1.postMessage(list);
    list.push('changed later');
    port1.postMessage('port', [other.port1]);
    port1.postMessage('last');
    seen.push('posted');
  });
  const early = new MessageChannel();
  early.port1.postMessage('kept until started');
  const kept = await new Promise((resolve) => early.port2.once('message', resolve));
  const order = [];
  await new Promise((resolve) => {
    const { port1: a, port2: b } = new MessageChannel();
    b.onmessage = () => { order.push('message'); resolve(); };
    a.postMessage(1);
    process.nextTick(() => order.push('tick'));
    Promise.resolve().then(() => order.push('promise'));
    order.push('sync');
  });
  const closed = await new Promise((resolve) => {
    const list = [];
    early.port1.on('close', () => list.push('close1'));
    early.port2.on('close', () => { list.push('close2'); setImmediate(() => resolve(list.sort())); });
    early.port1.close();
  });
  const [one, two] = [new BroadcastChannel('x'), new BroadcastChannel('x')];
  const heard = await new Promise((resolve) => {
    two.onmessage = (event) => resolve([event.data, event.constructor.name, event.target === two]);
    one.postMessage([1]);
  });
  two.close();
  one.close();
  for (const port of [port1, other.port2]) port.close();
  return {
    seen, kept, order, closed, heard,
    errors: [
      thrown(() => new MessagePort()), thrown(() => MessageChannel()), thrown(() => port1.postMessage()), thrown(() => new MessageChannel().port1.postMessage(() => 1)),
      thrown(() => new BroadcastChannel()), thrown(() => one.postMessage(1)),
    ],
    surface: [MessageEvent.length, new MessageEvent('x', { data: 1 }).data, port1 instanceof EventTarget, port1.constructor.name, one.name],
  };
};
