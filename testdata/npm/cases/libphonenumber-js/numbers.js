const lib = require('libphonenumber-js');
const max = require('libphonenumber-js/max');
const { all } = require('../_attempt');

const show = (p) => p && { number: p.number, country: p.country, code: p.countryCallingCode, national: p.nationalNumber, ext: p.ext, valid: p.isValid(), possible: p.isPossible(), type: p.getType(), formats: ['NATIONAL', 'INTERNATIONAL', 'E.164', 'RFC3966', 'IDD'].map((f) => p.format(f, { fromCountry: 'US' })), uri: p.getURI(), nonGeographic: p.isNonGeographic() };

exports.main = () => all({
  parse: () => [['8 (800) 555-35-35', 'RU'], ['+49 30 901820'], ['030/901820', 'DE'], ['(213) 373-4253 ext. 12', 'US'], ['+44 7911 123456'], ['+1 800 555 0199'], ['+390612345678'], ['0011 54 9 11 8765 4321', 'AU'], ['+800 1234 5678'], ['１２３４５６７８９０', 'US']].map(([n, c]) => show(lib.parsePhoneNumberFromString(n, c))),
  max: () => ['+4915123456789', '+12133734253', '+447911123456', '+33123456789', '+81312345678'].map((n) => show(max(n))),
  invalid: () => ['', 'abc', '+', '+999123', '123', '+49'].map((n) => { try { return show(lib.parsePhoneNumberWithError(n, 'DE')); } catch (e) { return [e.name, e.message]; } }),
  quick: () => [lib.isValidPhoneNumber('+4930901820'), lib.isPossiblePhoneNumber('+493'), lib.validatePhoneNumberLength('123', 'DE'), lib.validatePhoneNumberLength('+49123456789012345'), max.isValidPhoneNumber('0151 23456789', 'DE')],
  find: () => lib.findPhoneNumbersInText('Call (213) 373-4253 or +49 30 901820, not 2026-01-01.', 'US').map(({ number, startsAt, endsAt }) => [number.number, startsAt, endsAt]),
  typing: () => { const a = new lib.AsYouType('US'); return [...'2133734253'].map((d) => a.input(d)).concat(a.getTemplate(), a.getNumber().number, a.isValid(), new lib.AsYouType().input('+4930901820')); },
  countries: () => [lib.getCountries().length, lib.getCountryCallingCode('CH'), lib.isSupportedCountry('XX'), lib.getExampleNumber('DE', require('libphonenumber-js/mobile/examples')).formatNational()],
  legacy: () => [lib.formatIncompletePhoneNumber('88005553535', 'RU'), lib.parseIncompletePhoneNumber('8 (800) 555'), lib.parseDigits('٤٤٤'), lib.formatNumber ? typeof lib.formatNumber : 'none'],
});
