const faker = require('faker');
const { all } = require('../_attempt');

exports.main = async () => {
  faker.seed(123);
  return all({
    names: () => [faker.name.findName(), faker.name.firstName(), faker.name.jobTitle(), faker.name.prefix()],
    internet: () => [faker.internet.email(), faker.internet.userName(), faker.internet.url(), faker.internet.ip(), faker.internet.color(), faker.internet.mac(), faker.internet.password(12)],
    address: () => [faker.address.city(), faker.address.streetAddress(true), faker.address.zipCode(), faker.address.country(), faker.address.latitude(), faker.address.stateAbbr()],
    commerce: () => [faker.commerce.productName(), faker.commerce.price(), faker.company.companyName(), faker.company.catchPhrase(), faker.finance.iban(), faker.finance.account(), faker.finance.creditCardNumber()],
    lorem: () => [faker.lorem.sentence(), faker.lorem.paragraphs(2), faker.lorem.slug(), faker.hacker.phrase()],
    random: () => [faker.datatype.number(100), faker.datatype.float({ min: 1, max: 2 }), faker.datatype.uuid(), faker.datatype.boolean(), faker.random.arrayElement(['a', 'b', 'c']), faker.random.alphaNumeric(10), faker.random.words(3), faker.datatype.json(), faker.datatype.hexaDecimal(6)],
    date: () => [faker.date.between('2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z'), faker.date.past(1, '2020-01-01T00:00:00Z'), faker.date.month()],
    phone: () => [faker.phone.phoneNumber(), faker.phone.phoneNumberFormat(1), faker.system.fileName(), faker.system.mimeType(), faker.image.imageUrl()],
    fake: () => faker.fake('{{name.lastName}}, {{name.firstName}} {{name.suffix}}'),
    helpers: () => [faker.helpers.replaceSymbols('###-??-**'), faker.helpers.shuffle([1, 2, 3, 4]), faker.helpers.slugify('a b!c'), faker.helpers.mustache('{{a}}', { a: 'b' }), faker.unique(faker.datatype.number, [5])],
    locale: () => { const before = faker.locale; faker.locale = 'de'; const name = faker.name.findName(); faker.locale = before; return [name, Object.keys(faker.locales).length]; },
    card: () => { const card = faker.helpers.createCard(); return [card.name, card.company]; },
  });
};
