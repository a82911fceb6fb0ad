const { Console } = require('console');
const { PassThrough } = require('stream');

const made = (Class) => {
  const out = new PassThrough();
  const err = new PassThrough();
  return [new Class({ stdout: out, stderr: err }), () => [out, err].map((s) => String(s.read()))];
};

exports.main = () => {
  class Loud extends Console {
    log(...args) { super.log('LOUD', ...args); }

    extra() { this.info('extra'); }
  }
  const [plain, read] = made(Console);
  const [loud, heard] = made(Loud);
  const { log, error } = plain;
  log('%s is handed on', 'log');
  error('and', 'error');
  plain.count();
  plain.group('in');
  plain.table([{ a: 1 }]);
  plain.groupEnd();
  loud.log('x');
  loud.count('y');
  loud.extra();
  loud.assert(false, 'no');
  return [
    read(), heard(), plain instanceof Console, loud instanceof Console, loud instanceof Loud, console instanceof Console, {} instanceof Console,
    Object.keys(Console.prototype), Object.keys(plain), plain.log.name, Console.prototype.log.name,
  ];
};
