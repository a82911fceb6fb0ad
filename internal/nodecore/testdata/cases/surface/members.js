// node 20
// Whether each module has what Node 20's has; _make.js wrote the lists.

const lists = require('./members.json');

const kind = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function member(module, path) {
  const [name, , rest] = path.split(/([.#])/);
  if (rest === undefined) return name in module ? kind(module[name]) : 'missing';
  if (!path.includes('#')) return rest in module[name] ? kind(module[name][rest]) : 'missing';
  const holder = module[name].prototype;
  if (!(rest in holder)) return 'missing';
  for (let o = holder; o; o = Object.getPrototypeOf(o)) {
    const d = Object.getOwnPropertyDescriptor(o, rest);
    if (d) return 'value' in d ? kind(d.value) : 'accessor';
  }
  return 'by proxy';
}

exports.main = () => {
  const all = {};
  for (const name of Object.keys(lists)) {
    const module = require(name);
    all[name] = {};
    for (const path of lists[name].split(' ')) {
      try {
        all[name][path] = member(module, path);
      } catch (error) {
        all[name][path] = `throws ${error.code || error.message}`;
      }
    }
  }
  return all;
};
