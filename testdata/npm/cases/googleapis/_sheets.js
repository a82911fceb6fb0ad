const { all } = require('../_attempt');
const { requests } = require('../_fixed');

// main uses the Sheets API of a package.
exports.main = (sheets, Auth) => async ({ url }) => {
  const auth = new Auth();
  auth.setCredentials({ access_token: 'ya29.given' });
  const client = sheets({ version: 'v4', auth, rootUrl: `${url}/google/` });
  const failure = async (promise) => {
    try { return await promise; } catch (e) { return [e.constructor.name, e.message, e.code, e.status, e.errors, e.response && e.response.status]; }
  };
  return all({
    get: async () => { const r = await client.spreadsheets.values.get({ spreadsheetId: 'id 1', range: 'Sheet1!A1:B2' }); return [r.status, r.data, await requests(url, 1)]; },
    append: async () => { const r = await client.spreadsheets.values.append({ spreadsheetId: 's', range: 'A1', valueInputOption: 'RAW', requestBody: { values: [['ü', 1, null]] } }); return [r.data, await requests(url, 1)]; },
    batch: async () => (await client.spreadsheets.values.batchGet({ spreadsheetId: 's', ranges: ['A1', 'B 2'] })).data,
    callback: () => new Promise((resolve) => client.spreadsheets.get({ spreadsheetId: 's', includeGridData: false }, (error, r) => resolve([error, r.data]))),
    missing: () => failure(client.spreadsheets.get({ spreadsheetId: 'missing' })),
    noParameter: () => failure(client.spreadsheets.values.get({ range: 'A1' })),
    members: () => [Object.keys(client), Object.keys(client.spreadsheets)],
  });
};
