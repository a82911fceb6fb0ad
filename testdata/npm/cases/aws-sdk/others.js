const AWS = require('aws-sdk');
const { all } = require('../_attempt');
const { clock, random, requests } = require('../_fixed');

exports.main = async ({ url }) => {
  clock();
  random();
  AWS.config.update({ accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token', region: 'us-east-1', maxRetries: 0 });
  const failure = async (promise) => {
    try { return await promise; } catch (e) { return { code: e.code, message: e.message, status: e.statusCode }; }
  };
  const endpoint = `${url}/status/400`;
  return all({
    dynamo: async () => {
      const client = new AWS.DynamoDB.DocumentClient({ endpoint: `${url}/echo` });
      await failure(client.put({ TableName: 't', Item: { id: 'é', n: 1.5, list: [1, 'a', null], map: { b: true }, set: client.createSet(['x', 'y']), bin: Buffer.from('hi') } }).promise());
      const { Converter } = AWS.DynamoDB;
      const marshalled = Converter.marshall({ s: 'x', n: 1, l: [true, null], m: { b: Buffer.from('hi') } });
      return [marshalled, Converter.unmarshall(marshalled)];
    },
    sqs: async () => failure(new AWS.SQS({ endpoint }).sendMessage({ QueueUrl: `${url}/status/400`, MessageBody: '<hello & bye>' }).promise()),
    sns: async () => failure(new AWS.SNS({ endpoint }).publish({ TopicArn: 'arn:aws:sns:us-east-1:1:t', Message: 'm', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } }).promise()),
    lambda: async () => [await failure(new AWS.Lambda({ endpoint: `${url}/sendgrid` }).invoke({ FunctionName: 'f', Payload: JSON.stringify({ a: 1 }) }).promise()), await requests(url, 1)],
    ses: async () => [await failure(new AWS.SES({ endpoint: `${url}/twilio` }).sendEmail({ Source: 'a@b.c', Destination: { ToAddresses: ['d@e.f'] }, Message: { Subject: { Data: 'ü' }, Body: { Text: { Data: 'x y' } } } }).promise()), await requests(url, 1)],
    sts: () => failure(new AWS.STS({ endpoint }).getCallerIdentity().promise()),
    credentials: () => [AWS.config.credentials.accessKeyId, AWS.config.credentials.expired, AWS.VERSION],
    date: () => [AWS.util.date.iso8601(new Date(0)), AWS.util.date.rfc822(new Date(0)), AWS.util.uriEscapePath('a b/ü'), AWS.util.crypto.sha256('abc', 'hex'), AWS.util.crypto.crc32('abc')],
    xml: () => new AWS.XML.Parser().parse('<a><b>1</b><b>2</b><c d="e">f &amp; g</c></a>', {}),
    builder: () => new AWS.XML.Builder().toXML({ A: 'x<y' }, { type: 'structure', members: { A: { type: 'string', name: 'A' } }, memberNames: ['A'] }, 'Root', true),
  });
};
