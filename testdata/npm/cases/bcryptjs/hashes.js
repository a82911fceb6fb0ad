const bcrypt = require('bcryptjs');
const { all } = require('../_attempt');

const known = '$2a$04$4dzqV/CtLGm/wF4PqLY7HuRdNTTIrVbrDGaSBBgVJQDQp5zcfiuaG';
const salt = '$2b$04$abcdefghijklmnopqrstuu';

exports.main = () => all({
  fixed: () => bcrypt.hashSync('Grüße 🎉', salt),
  made: async () => { const h = await bcrypt.hash('secret', 4); return [h.length, bcrypt.getRounds(h), bcrypt.getSalt(h).length]; },
  right: () => bcrypt.compare('Grüße 🎉', '$2b$04$abcdefghijklmnopqrstuu859MQ5acL1PUwE0YkrqMp4pQdF/V9MK'),
  wrong: () => bcrypt.compareSync('x', known),
  salts: async () => [(await bcrypt.genSalt(5)).slice(0, 7), bcrypt.genSaltSync(4).length],
  truncates: () => [bcrypt.truncates('x'.repeat(72)), bcrypt.truncates('ü'.repeat(37))],
  errors: () => [() => bcrypt.hashSync('p', 'bad'), () => bcrypt.hashSync(5, 4), () => bcrypt.compareSync('p'), () => bcrypt.hashSync('p', '$2x$04$abcdefghijklmnopqrstuu')].map((f) => { try { return f(); } catch (e) { return e.message; } }),
  base64: () => [bcrypt.encodeBase64([1, 2, 3, 255], 4), bcrypt.decodeBase64('.OGB', 3)],
});
