// Callbacks, promises, FileHandle.
const fs = require('fs');
const fsp = require('fs/promises');
const path = { join: (...parts) => parts.join('/') };
const { promisify } = require('util');

exports.main = async () => {
  const out = [];
  const root = await fsp.mkdtemp('/tmp/fns-case-');
  const p = (...parts) => path.join(root, ...parts);
  const t = async (name, f) => {
    try {
      const v = await f();
      out.push([name, v === undefined ? 'undefined' : v]);
    } catch (e) {
      out.push([name, e.name, e.code, e.errno, e.syscall, e.message.split(root).join('ROOT'), Object.keys(e)]);
    }
  };
  const cb = (name, ...args) => t(`cb ${name}`, () => new Promise((resolve) => {
    fs[name](...args, (...got) => resolve(got.map((g) => (g instanceof Error ? [g.code, g.message.split(root).join('ROOT'), Object.keys(g)] : typeof g === 'object' && g !== null && !Array.isArray(g) ? g.constructor.name : g === undefined ? 'undefined' : typeof g === 'string' ? g.replace(root, 'ROOT') : g))));
  }));
  await cb('writeFile', p('a'), 'one');
  await cb('appendFile', p('a'), ' two', 'utf8');
  await cb('readFile', p('a'), 'utf8');
  await cb('readFile', p('a'));
  await cb('readFile', p('nope'));
  await cb('stat', p('a'));
  await cb('lstat', p('nope'));
  await cb('mkdir', p('d'));
  await cb('mkdir', p('d'));
  await cb('mkdir', p('d', 'e', 'f'), { recursive: true });
  await cb('readdir', p('d'));
  await cb('readdir', p('nope'));
  await cb('rename', p('a'), p('b'));
  await cb('copyFile', p('b'), p('c'));
  await cb('exists', p('c'));
  await cb('access', p('c'), fs.constants.R_OK);
  await cb('access', p('nope'));
  await cb('truncate', p('c'), 2);
  await cb('readFile', p('c'), 'utf8');
  await cb('realpath', p('nope'));
  await cb('unlink', p('c'));
  await cb('rmdir', p('d'));
  await cb('rm', p('d'), { recursive: true });
  await cb('rm', p('d'));
  await cb('open', p('nope'), 'r');
  await cb('close', 9999);
  await t('order', () => new Promise((resolve) => {
    const seen = [];
    fs.readFile(p('b'), () => { seen.push('file'); process.nextTick(() => seen.push('tick')); Promise.resolve().then(() => seen.push('promise')); setImmediate(() => resolve(seen)); });
    process.nextTick(() => seen.push('first tick'));
    seen.push('sync');
  }));
  await t('promise read', () => fsp.readFile(p('b'), 'utf8'));
  await t('promise missing', () => fsp.readFile(p('nope'), 'utf8'));
  await t('promise bad', () => fsp.readFile(7.5));
  await t('promise write', () => fsp.writeFile(p('w'), 'x'));
  await t('promise write iterable', async () => { await fsp.writeFile(p('w'), ['a', 'b', 'c']); return fsp.readFile(p('w'), 'utf8'); });
  await t('promise write stream', async () => { await fsp.writeFile(p('w'), require('stream').Readable.from(['s', 't'])); return fsp.readFile(p('w'), 'utf8'); });
  await t('promise stat', async () => (await fsp.stat(p('w'))).size);
  await t('promise access', () => fsp.access(p('nope')));
  await t('promise mkdir', async () => (await fsp.mkdir(p('m', 'n'), { recursive: true })).replace(root, 'ROOT'));
  await t('promise cp', async () => { await fsp.writeFile(p('m', 'n', 'file'), '1'); await fsp.cp(p('m'), p('m2'), { recursive: true }); return (await fsp.readdir(p('m2'), { recursive: true })).sort(); });
  await t('promise cp filter', async () => { await fsp.cp(p('m'), p('m3'), { recursive: true, filter: (s) => !s.endsWith('file') }); return (await fsp.readdir(p('m3'), { recursive: true })).sort(); });
  await t('promise opendir', async () => { const names = []; for await (const e of await fsp.opendir(root)) names.push(e.name); return names.sort(); });
  await t('promise rm', () => fsp.rm(p('m2'), { recursive: true }));
  await t('promise rm missing', () => fsp.rm(p('m2')));
  await t('promise rmdir', () => fsp.rmdir(p('m')));
  await t('aborted', () => fsp.readFile(p('b'), { signal: AbortSignal.abort() }));
  await t('handle', async () => {
    const h = await fsp.open(p('h'), 'w+');
    const seen = [typeof h.fd, h.constructor.name];
    seen.push((await h.write('hello')).bytesWritten, (await h.write(Buffer.from('XY'), 0, 2, 1)).bytesWritten);
    const r = await h.read({ position: 0 });
    seen.push(r.bytesRead, r.buffer.toString('utf8', 0, r.bytesRead), r.buffer.length);
    seen.push((await h.stat()).size);
    await h.appendFile('!!');
    await h.truncate(6);
    await h.sync();
    seen.push(await fsp.readFile(p('h'), 'utf8'));
    let closed = 0;
    h.on('close', () => closed++);
    await h.close();
    seen.push(h.fd, closed);
    return seen;
  });
  await t('closed handle', async () => { const h = await fsp.open(p('h')); await h.close(); await h.read(Buffer.alloc(1)); });
  await t('handle readFile', async () => { const h = await fsp.open(p('h')); const v = await h.readFile('utf8'); await h.close(); return v; });
  await t('handle stream', async () => { const h = await fsp.open(p('h')); const parts = []; for await (const c of h.createReadStream({ start: 1, end: 3, encoding: 'utf8' })) parts.push(c); return [parts, h.fd]; });
  await t('handle lines', async () => { await fsp.writeFile(p('l'), 'a\nb\r\nc'); const h = await fsp.open(p('l')); const lines = []; for await (const l of h.readLines()) lines.push(l); return lines; });
  await t('open missing', () => fsp.open(p('nope')));
  await t('promisify read', async () => { const fd = fs.openSync(p('h')); const r = await promisify(fs.read)(fd, Buffer.alloc(3), 0, 3, 0); fs.closeSync(fd); return [Object.keys(r), r.bytesRead, r.buffer.toString()]; });
  await t('promisify exists', () => promisify(fs.exists)(p('h')));
  await t('promisify readFile', () => promisify(fs.readFile)(p('h'), 'utf8'));
  fs.rmSync(root, { recursive: true });
  return out;
};
