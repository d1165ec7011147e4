/** A key and a certificate for 127.0.0.1, made anew. */
'use strict';
const { generate } = require('selfsigned');

/** @returns {Promise<{ key: string, cert: string }>} as PEM */
module.exports.certificate = async function certificate() {
  const altNames = [{ type: 7, ip: '127.0.0.1' }];
  const extensions = [
    { name: 'basicConstraints', cA: true },
    { name: 'subjectAltName', altNames },
  ];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions,
  });
  return { key, cert };
};
