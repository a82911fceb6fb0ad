// Lines of streams.
const readline = require('readline');
const readlinePromises = require('readline/promises');
const { Readable, PassThrough } = require('stream');

exports.main = async () => {
  const out = [];
  for (const chunks of [['a\nb\n', 'c'], ['x\r', '\ny\rz'], ['h', 'a', 'l', 'f\n'], [], ['\n\n'], ['u\u2028v'], [Buffer.from([0xe2, 0x82]), Buffer.from([0xac, 0x0a])]]) {
    const lines = [];
    const rl = readline.createInterface({ input: Readable.from(chunks, { objectMode: false }), crlfDelay: Infinity });
    for await (const line of rl) lines.push(line);
    out.push(lines);
  }
  const events = [];
  const input = new PassThrough();
  const rl = readline.createInterface({ input });
  for (const e of ['line', 'close', 'pause', 'resume']) rl.on(e, (v) => events.push(v === undefined ? e : [e, v]));
  input.write('one\ntwo\n');
  input.end('three');
  await new Promise((resolve) => rl.on('close', resolve));
  out.push(events, rl.closed, rl.terminal, rl instanceof readline.Interface);
  const asked = new PassThrough();
  const written = [];
  const output = new PassThrough();
  output.on('data', (d) => written.push(String(d)));
  const rl2 = readline.createInterface({ input: asked, output });
  const answer = new Promise((resolve) => rl2.question('name? ', resolve));
  asked.write('bob\n');
  out.push(await answer);
  rl2.setPrompt('>> ');
  rl2.prompt();
  out.push(rl2.getPrompt());
  rl2.close();
  await new Promise((resolve) => setImmediate(resolve));
  out.push(written);
  try { rl2.question('again', () => {}); } catch (e) { out.push([e.name, e.code, e.message]); }
  const rl3 = readlinePromises.createInterface({ input: Readable.from(['yes\n'], { objectMode: false }) });
  out.push(await rl3.question('ok? '));
  rl3.close();
  out.push(Object.keys(readline), Object.keys(readlinePromises));
  return out;
};
