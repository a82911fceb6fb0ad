const { sheets, auth } = require('@googleapis/sheets');

exports.main = require('./_sheets').main(sheets, auth.OAuth2);
