const slugify = require('slugify');

exports.main = () => [
  ['some string'], ['Grüße & Küsse'], ['Ünïcödé ♥ love €5'], ['  a  b  ', '_'], ['Hello World!', { lower: true, strict: true }], ['a.b*c(d)', { remove: /[*+~.()'"!:@]/g }], ['Привет мир'], ['你好'], ['đại Việt', { locale: 'vi' }], ['Äpfel', { locale: 'de' }], ['x_y z', { replacement: '_', trim: false }], ['ﬁ ½ №'], [''],
].map(([s, o]) => slugify(s, o)).concat((() => { slugify.extend({ '☢': 'radioactive' }); try { slugify(5); } catch (e) { return [slugify('☢ x'), e.message]; } return []; })());
