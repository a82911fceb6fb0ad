exports.main = async () => {
  try {
    const sharp = require('sharp');
    const png = await sharp({ create: { width: 8, height: 4, channels: 3, background: '#f00' } }).resize(4).png().toBuffer();
    return { loads: true, meta: (({ format, width, height }) => ({ format, width, height }))(await sharp(png).metadata()) };
  } catch (error) {
    return { loads: false, names: /--engine node/.test(error.message), message: error.message.split('\n').slice(0, 2) };
  }
};
