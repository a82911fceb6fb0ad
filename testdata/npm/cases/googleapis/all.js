const { google } = require('googleapis');

const run = require('./_sheets').main(google.sheets, google.auth.OAuth2);

exports.main = async (context) => [await run(context), Object.keys(google).length, typeof google.drive, Object.keys(google.drive('v3').files)];
