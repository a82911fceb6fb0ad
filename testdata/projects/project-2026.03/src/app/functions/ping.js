exports.main = async () => 'pong';
