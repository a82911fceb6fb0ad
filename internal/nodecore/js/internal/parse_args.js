'use strict';
// util.parseArgs.

const errors = require('internal/errors');
const { codeError, validateArray, validateBoolean, validateObject, validateOneOf, validateString } = errors;

const TYPES = ['string', 'boolean'];

// tokenize says what each argument is.
function tokenize(args, options) {
  const tokens = [];
  const long = (short) => Object.keys(options).find((name) => options[name].short === short) || short;
  const takes = (name) => Object.prototype.hasOwnProperty.call(options, name) && options[name].type === 'string';
  const rest = [...args];
  let index = -1;
  let grouped = 0;
  while (rest.length > 0) {
    const arg = rest.shift();
    const next = rest[0];
    if (grouped > 0) grouped--;
    else index++;
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const value of rest) tokens.push({ kind: 'positional', index: ++index, value });
      break;
    }
    if (/^-[^-]$/.test(arg)) {
      const name = long(arg[1]);
      let value;
      let inlineValue;
      if (takes(name) && next !== undefined) {
        value = rest.shift();
        inlineValue = false;
      }
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue });
      if (value !== undefined) index++;
    } else if (/^-[^-]./.test(arg) && !takes(long(arg[1]))) {
      // -abc: as many options, the last of which may take the rest as its value.
      const expanded = [];
      for (let i = 1; i < arg.length; i++) {
        if (takes(long(arg[i])) && i !== arg.length - 1) {
          expanded.push(`-${arg.slice(i)}`);
          break;
        }
        expanded.push(`-${arg[i]}`);
      }
      rest.unshift(...expanded);
      grouped = expanded.length;
    } else if (/^-[^-]./.test(arg)) {
      tokens.push({ kind: 'option', name: long(arg[1]), rawName: arg.slice(0, 2), index, value: arg.slice(2), inlineValue: true });
    } else if (/^--[^=]+$/.test(arg)) {
      const name = arg.slice(2);
      let value;
      let inlineValue;
      if (takes(name) && next !== undefined) {
        value = rest.shift();
        inlineValue = false;
      }
      tokens.push({ kind: 'option', name, rawName: arg, index, value, inlineValue });
      if (value !== undefined) index++;
    } else if (/^--[^=]+=/.test(arg)) {
      const equals = arg.indexOf('=', 3);
      const name = arg.slice(2, equals);
      tokens.push({ kind: 'option', name, rawName: `--${name}`, index, value: arg.slice(equals + 1), inlineValue: true });
    } else {
      tokens.push({ kind: 'positional', index, value: arg });
    }
  }
  return tokens;
}

function check(token, options, allowPositionals) {
  const { name, rawName, value, inlineValue } = token;
  if (!Object.prototype.hasOwnProperty.call(options, name)) {
    const hint = allowPositionals ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- ${JSON.stringify(rawName)}` : '';
    throw codeError(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${rawName}'${hint}`);
  }
  const { short, type } = options[name];
  const shown = `${short ? `-${short}, ` : ''}--${name}`;
  if (type === 'string' && typeof value !== 'string') {
    throw codeError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown} <value>' argument missing`);
  }
  if (type === 'boolean' && value !== undefined && value !== null) {
    throw codeError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${shown}' does not take an argument`);
  }
  if (type === 'string' && inlineValue === false && value.length > 1 && value[0] === '-') {
    const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
    throw codeError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${rawName}' argument is ambiguous.\nDid you forget to specify the option argument for '${rawName}'?\nTo specify an option argument starting with a dash use ${example}.`);
  }
}

function store(values, options, name, value) {
  if (name === '__proto__') return;
  if (options[name] && options[name].multiple) {
    if (values[name] === undefined) values[name] = [];
    values[name].push(value);
  } else {
    values[name] = value;
  }
}

exports.parseArgs = function parseArgs(config = {}) {
  validateObject(config, 'config');
  const { args = process.argv.slice(2), strict = true, allowPositionals = !strict, tokens: returnTokens = false, allowNegative = false, options = {} } = config;
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  for (const name of Object.keys(options)) {
    const option = options[name];
    validateObject(option, `options.${name}`);
    validateOneOf(option.type, `options.${name}.type`, TYPES);
    if (Object.prototype.hasOwnProperty.call(option, 'short')) {
      validateString(option.short, `options.${name}.short`);
      if (option.short.length !== 1) throw errors.invalidArgValue(`options.${name}.short`, option.short, 'must be a single character');
    }
    if (Object.prototype.hasOwnProperty.call(option, 'multiple')) validateBoolean(option.multiple, `options.${name}.multiple`);
  }
  const tokens = tokenize(args, options);
  const result = { values: Object.create(null), positionals: [] };
  if (returnTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'option') {
      let { name } = token;
      let { value } = token;
      if (allowNegative && name.startsWith('no-') && options[name] === undefined && value === undefined && options[name.slice(3)]) {
        name = name.slice(3);
        token.name = name;
        value = false;
      }
      if (strict) check({ ...token, name, value: value === false ? undefined : value }, options, allowPositionals);
      store(result.values, options, name, value === undefined ? true : value);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) {
        throw codeError(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${token.value}'. This command does not take positional arguments`);
      }
      result.positionals.push(token.value);
    }
  }
  for (const name of Object.keys(options)) {
    if (options[name].default !== undefined && result.values[name] === undefined) result.values[name] = options[name].default;
  }
  return result;
};
