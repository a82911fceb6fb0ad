'use strict';
// Where a call of a member of nothing stands.

exports.main = () => {
  const settings = null;
  return settings.get('x');
};
