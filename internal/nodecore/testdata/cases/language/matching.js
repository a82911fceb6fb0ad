'use strict';
// Expressions applied to one long text again and again, beyond ASCII and not, and to others in between.
const wide = 'ü<b>größe 1</b>, <b>x😀</b> '.repeat(40);
const other = wide.slice(0, -1) + '!';
const narrow = '<b>a</b>, <b>b1</b> '.repeat(40);

function all(re, ...texts) {
  const out = [];
  for (let i = 0; i < 60; i++) {
    const m = re.exec(texts[i % texts.length]);
    out.push(m && [m.index, m[0], m[1], re.lastIndex, m.input.length]);
  }
  return out;
}

exports.main = async () => {
  const out = {};
  for (const source of ['<b>([^<]*)</b>', '(?<=<b>)(\\S)', '(.)$', '(ü|\\d)', '^(.)']) {
    for (const flags of ['g', 'y', 'gu', 'gi', '']) out[`${source} ${flags}`] = [all(new RegExp(source, flags), wide), all(new RegExp(source, flags), wide, other), all(new RegExp(source, flags), wide, narrow, wide)];
  }
  const re = /<b>([^<]*)<\/b>/g;
  out.tests = Array.from({ length: 100 }, () => [re.test(wide), re.lastIndex]);
  re.lastIndex = 5;
  out.set = re.exec(wide).index;
  re.lastIndex = 0;
  out.joined = [re.exec('ü'.repeat(300) + '<b>1</b>').index, re.exec('ü'.repeat(300) + '<b>2</b>')];
  out.matchAll = [...wide.matchAll(/x(😀)?/g)].map((m) => [m.index, m[1]]);
  return out;
};
