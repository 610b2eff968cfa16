// Jest's environment, with a way to Node's own modules: PGlite imports while it starts, which jest's registry can't do.

const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.requireFromNode = require;
  }
};
