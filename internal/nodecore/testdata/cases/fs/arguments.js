// What fs says of wrong arguments.
const fs = require('fs');

exports.main = async () => {
  const out = [];
  const t = (name, f) => {
    try {
      out.push([name, String(f())]);
    } catch (e) {
      out.push([name, e.name, e.code, e.message]);
    }
  };
  for (const bad of [undefined, null, 4.5, {}, [], true, 'a\u0000b']) {
    for (const name of ['readFileSync', 'statSync', 'unlinkSync', 'mkdirSync', 'readdirSync', 'rmSync', 'openSync', 'renameSync', 'copyFileSync', 'createReadStream']) {
      t(`${name} ${String(bad)}`, () => fs[name](bad, bad));
    }
  }
  t('rename new', () => fs.renameSync('/tmp/a', 3));
  t('flag', () => fs.readFileSync('/tmp/a', { flag: 'zz' }));
  t('encoding', () => fs.readFileSync('/tmp/a', 'zz'));
  t('options', () => fs.readFileSync('/tmp/a', 7));
  t('data', () => fs.writeFileSync('/tmp/a', {}));
  t('data number', () => fs.writeFileSync('/tmp/a', 3));
  t('mode', () => fs.mkdirSync('/tmp/a', { mode: 'zz' }));
  t('recursive', () => fs.mkdirSync('/tmp/a', { recursive: 1 }));
  t('fd', () => fs.closeSync('x'));
  t('fd negative', () => fs.closeSync(-1));
  t('fd fraction', () => fs.closeSync(1.5));
  for (const path of [5.5, 2 ** 40, NaN]) {
    t(`read ${path}`, () => fs.readFileSync(path));
    t(`write ${path}`, () => fs.writeFileSync(path, 'x'));
  }
  t('no callback', () => fs.readFile('/tmp/a'));
  t('no callback 2', () => fs.stat('/tmp/a', {}));
  t('bad callback', () => fs.readFile('/tmp/a', 'utf8', 3));
  t('write object', () => fs.writeSync(30, {}));
  t('read no buffer', () => fs.readSync(30, 'x'));
  t('read offset', () => fs.readSync(30, Buffer.alloc(3), 5, 1));
  t('read length', () => fs.readSync(30, Buffer.alloc(3), 0, 5));
  t('time', () => fs.utimesSync('/tmp/a', 'x', 1));
  t('access mode', () => fs.accessSync('/tmp/a', 99));
  t('symlink type', () => fs.symlinkSync('a', '/tmp/a', 'zz'));
  t('rm options', () => fs.rmSync('/tmp/a', 3));
  t('rm force', () => fs.rmSync('/tmp/a', { force: 3 }));
  t('http url', () => fs.readFileSync(new URL('http://x/')));
  t('stream range', () => fs.createReadStream('/tmp/a', { start: 5, end: 2 }));
  t('stream start', () => fs.createReadStream('/tmp/a', { start: 'x' }));
  return out;
};
