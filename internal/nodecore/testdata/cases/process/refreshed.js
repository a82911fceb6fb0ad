const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

exports.main = async () => {
  const events = [];
  const fired = setTimeout(() => events.push('fired'), 1);
  await wait(20);
  events.push([fired._destroyed, fired.refresh() === fired, fired._destroyed]);
  await wait(20);
  let n = 0;
  const inside = setTimeout(() => { n += 1; if (n < 3) inside.refresh(); }, 1);
  await wait(40);
  events.push([n, inside._destroyed]);
  const cleared = setTimeout(() => events.push('never'), 1);
  clearTimeout(cleared);
  cleared.refresh();
  events.push([cleared._idleTimeout, cleared._onTimeout, cleared._destroyed]);
  const late = setTimeout(() => {}, 1);
  await wait(15);
  clearTimeout(late);
  late.refresh();
  const every = setInterval(() => { events.push('every'); clearInterval(every); }, 1);
  await wait(20);
  events.push([every._destroyed, every._idleTimeout]);
  return events;
};
